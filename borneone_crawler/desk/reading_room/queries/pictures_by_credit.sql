SELECT credit_text AS credit, count(*) AS pictures, count(DISTINCT article_id) AS articles
FROM captions
WHERE credit_text <> ''
GROUP BY credit_text
ORDER BY pictures DESC, credit
