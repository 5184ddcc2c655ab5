SELECT
    k.name AS tag,
    count(*) AS articles,
    min(s.day) AS first,
    max(s.day) AS last
FROM keywords AS k
JOIN article_keywords AS x ON x.keyword_id = k.id
JOIN stories AS s ON s.id = x.article_id
WHERE (:from || :until = ''
        OR s.date_published >= begin_of(:from) AND s.date_published < after(:until))
GROUP BY k.id
ORDER BY articles DESC, tag
