SELECT
    name,
    count(*) AS articles,
    min(substr(date_published, 1, 10)) AS first,
    max(substr(date_published, 1, 10)) AS last
FROM bylines
WHERE (:from || :until = ''
        OR date_published >= begin_of(:from) AND date_published < after(:until))
GROUP BY name
ORDER BY articles DESC, name
