SELECT id AS article_id, day, headline, sections, authors, word_count, url
FROM stories
WHERE day IS NOT NULL
    AND (:from = '' OR day >= :from)
    AND (:until = '' OR day <= :until)
ORDER BY date_published DESC
