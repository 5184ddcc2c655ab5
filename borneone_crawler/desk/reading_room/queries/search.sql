WITH best (id, place) AS MATERIALIZED (
    SELECT s.id, found.key
    FROM json_each(search_ids(:q)) AS found JOIN stories AS s ON s.id = found.value
    WHERE (:from = '' OR s.day >= :from)
        AND (:until = '' OR s.day <= :until)
        AND (:section = '' OR s.id IN (
            SELECT x.article_id FROM article_sections AS x JOIN sections AS n ON n.id = x.section_id
            WHERE n.name LIKE :section))
    ORDER BY found.key
    LIMIT 200
)
SELECT
    s.id AS article_id,
    s.day,
    s.headline,
    snippet(articles_fts, -1, '⟦', '⟧', ' … ', 32) AS excerpt,
    s.sections,
    s.authors,
    s.url
FROM best
JOIN articles_fts ON articles_fts.rowid = best.id AND articles_fts MATCH search_words(:q)
JOIN stories AS s ON s.id = best.id
ORDER BY best.place
