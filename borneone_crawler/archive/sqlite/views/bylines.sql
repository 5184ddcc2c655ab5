-- One row for each person named on an article, with all that the page names them as.
CREATE VIEW bylines AS
SELECT
    p.name,
    group_concat(x.role, ', ') AS roles,    -- of author, editor, initials
    a.id AS article_id, a.date_published, a.headline, a.url
FROM article_people AS x
JOIN people AS p ON p.id = x.person_id
JOIN articles AS a ON a.id = x.article_id
GROUP BY p.id, a.id;
