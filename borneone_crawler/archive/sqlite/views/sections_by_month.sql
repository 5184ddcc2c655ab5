-- How many articles each section has a month. An article in several sections counts in each;
-- month is NULL for articles without a date.
CREATE VIEW sections_by_month AS
SELECT s.name AS section, substr(a.date_published, 1, 7) AS month, count(*) AS articles
FROM article_sections AS x
JOIN sections AS s ON s.id = x.section_id
JOIN articles AS a ON a.id = x.article_id
GROUP BY s.id, month;
