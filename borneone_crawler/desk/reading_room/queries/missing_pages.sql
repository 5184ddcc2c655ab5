SELECT url, reason, month, sources, known_since
FROM pages
WHERE account = 'missing'
ORDER BY known_since DESC
