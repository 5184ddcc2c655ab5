SELECT month, section, articles
FROM sections_by_month
WHERE (:from = '' OR month >= substr(:from, 1, 7))
    AND (:until = '' OR month <= substr(:until, 1, 7))
ORDER BY month DESC, articles DESC
