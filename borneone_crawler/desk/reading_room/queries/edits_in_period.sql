SELECT article_id, seen_at, kinds, headline, headline_before, url
FROM edits
WHERE (:kind = '' OR instr(', ' || kinds || ', ', ', ' || :kind || ', '))
    AND (:from || :until = ''
        OR newsroom_time(seen_at) >= begin_of(:from) AND newsroom_time(seen_at) < after(:until))
ORDER BY seen_at DESC
