SELECT
    name,
    count(*) AS articles,
    min(substr(date_published, 1, 10)) AS first,
    max(substr(date_published, 1, 10)) AS last
FROM bylines
WHERE (:from = '' OR date_published >= :from)
    AND (:until = '' OR substr(date_published, 1, 10) <= :until)
GROUP BY name
ORDER BY articles DESC, name
