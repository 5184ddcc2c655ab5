SELECT id AS article_id, day, headline, sections, authors, word_count, url
FROM stories
WHERE day IS NOT NULL
    AND (:from || :until = ''
        OR date_published >= begin_of(:from) AND date_published < after(:until))
ORDER BY date_published DESC
