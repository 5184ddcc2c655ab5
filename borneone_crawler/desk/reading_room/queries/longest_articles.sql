SELECT id AS article_id, day, headline, word_count, authors, url
FROM stories
WHERE (:from = '' OR day >= :from)
    AND (:until = '' OR day <= :until)
ORDER BY word_count DESC
LIMIT 100
