-- Articles that the newsroom took away or leads elsewhere, and those that came back. Their text
-- stays here. Without what was taken down here.
CREATE VIEW gone AS
WITH
-- An article stands in the ledger by the address it had then.
event (article_id, kind, at) AS (
    SELECT u.article_id, l.kind, max(l.at)
    FROM ledger AS l JOIN urls AS u ON u.url = l.url
    WHERE l.kind IN ('gone', 'redirected', 'back') AND u.article_id IS NOT NULL
    GROUP BY u.article_id, l.kind
)
SELECT
    a.id AS article_id,
    a.url,
    a.headline,
    a.date_published,
    a.last_seen_at,
    CASE
        WHEN a.gone_at IS NOT NULL THEN a.gone_at
        WHEN a.redirected_to IS NOT NULL THEN led.at
        ELSE max(coalesce(went.at, led.at), coalesce(led.at, went.at))
    END AS gone_at,
    a.redirected_to,
    -- what left again after it had come back is away
    iif(a.gone_at IS NULL AND a.redirected_to IS NULL, back.at, NULL) AS came_back_at
FROM articles AS a
LEFT JOIN event AS went ON went.article_id = a.id AND went.kind = 'gone'
LEFT JOIN event AS led ON led.article_id = a.id AND led.kind = 'redirected'
LEFT JOIN event AS back ON back.article_id = a.id AND back.kind = 'back'
WHERE (a.gone_at IS NOT NULL OR a.redirected_to IS NOT NULL OR back.at IS NOT NULL)
    AND a.id NOT IN (SELECT article_id FROM takedowns);
