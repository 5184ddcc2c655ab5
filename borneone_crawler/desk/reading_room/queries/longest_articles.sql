SELECT id AS article_id, day, headline, word_count, authors, url
FROM stories
WHERE (:from || :until = ''
        OR date_published >= begin_of(:from) AND date_published < after(:until))
ORDER BY word_count DESC
LIMIT 100
