SELECT article_id, seen_at, kinds, headline, url
FROM edits
WHERE kind = 'correction'
ORDER BY seen_at DESC
