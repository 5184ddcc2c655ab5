SELECT
    p.name,
    x.role,
    count(DISTINCT a.id) AS articles,
    min(substr(a.date_published, 1, 10)) AS first,
    max(substr(a.date_published, 1, 10)) AS last
FROM article_people AS x
JOIN people AS p ON p.id = x.person_id
JOIN articles AS a ON a.id = x.article_id
WHERE x.role IN ('author', 'initials')
    AND p.name GLOB '*[A-Za-z]*'    -- who signs as (*) is nobody
    AND (:from || :until = ''
        OR a.date_published >= begin_of(:from) AND a.date_published < after(:until))
GROUP BY p.id, x.role
ORDER BY x.role, articles DESC, p.name
