SELECT article_id, seen_at, kind, headline, headline_before, url
FROM edits
WHERE (:kind = '' OR ', ' || kinds || ', ' LIKE '%, ' || :kind || ', %')
    AND (:from = '' OR seen_at >= :from)
    AND (:until = '' OR substr(seen_at, 1, 10) <= :until)
ORDER BY seen_at DESC
