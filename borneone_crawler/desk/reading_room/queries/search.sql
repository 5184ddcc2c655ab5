SELECT
    s.id AS article_id,
    s.day,
    s.headline,
    snippet(articles_fts, -1, '⟦', '⟧', ' … ', 32) AS excerpt,
    s.sections,
    s.authors,
    s.url
FROM articles_fts AS found JOIN stories AS s ON s.id = found.rowid
WHERE found.articles_fts MATCH search_words(:q)
    AND (:from = '' OR s.day >= :from)
    AND (:until = '' OR s.day <= :until)
    AND (:section = '' OR s.id IN (
        SELECT x.article_id FROM article_sections AS x JOIN sections AS n ON n.id = x.section_id
        WHERE n.name LIKE :section))
ORDER BY found.rank
LIMIT 200
