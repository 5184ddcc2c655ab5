SELECT s.id AS article_id, s.day, s.headline, s.sections, s.keywords, s.url
FROM keywords AS k
JOIN article_keywords AS x ON x.keyword_id = k.id
JOIN stories AS s ON s.id = x.article_id
WHERE k.name = :tag COLLATE NOCASE
ORDER BY s.date_published DESC
