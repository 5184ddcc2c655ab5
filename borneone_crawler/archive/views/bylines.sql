-- One row for each person named on an article: author, editor, or the initials under the text.
CREATE VIEW bylines AS
SELECT p.name, x.role, a.id AS article_id, a.date_published, a.headline, a.url
FROM article_people AS x
JOIN people AS p ON p.id = x.person_id
JOIN articles AS a ON a.id = x.article_id;
