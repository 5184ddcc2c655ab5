SELECT article_id, substr(date_published, 1, 10) AS day, headline, name, roles, url
FROM bylines
WHERE instr(lower(name), lower(:name))
ORDER BY date_published DESC
