WITH best (id, place) AS MATERIALIZED (
    SELECT value, key FROM json_each(
        search_ids(:q, :section, :author, :from, :until, :exact, :sort))
    LIMIT 200
), told (id, place, body, description) AS MATERIALIZED (
    SELECT
        best.id, best.place,
        snippet(articles_fts, 2, '⟦', '⟧', ' … ', 32),
        snippet(articles_fts, 1, '⟦', '⟧', ' … ', 32)
    FROM best
    JOIN articles_fts ON articles_fts.rowid = best.id
        AND articles_fts MATCH search_words(:q, :exact)
)
SELECT
    s.id AS article_id,
    s.day,
    s.headline,
    iif(instr(body, '⟦') = 0 AND instr(told.description, '⟦'), told.description, body) AS excerpt,
    s.sections,
    s.authors,
    s.url
FROM told JOIN stories AS s ON s.id = told.id
ORDER BY place
