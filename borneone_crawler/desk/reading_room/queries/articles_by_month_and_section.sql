SELECT month, section, articles
FROM sections_by_month
WHERE (:from || :until = ''
        OR month >= substr(begin_of(:from), 1, 7) AND month || '-01' < after(:until))
ORDER BY month DESC, articles DESC
