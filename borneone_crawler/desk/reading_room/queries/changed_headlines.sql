SELECT article_id, seen_at, headline_before, headline, url
FROM edits
WHERE headline_before IS NOT headline
ORDER BY seen_at DESC
