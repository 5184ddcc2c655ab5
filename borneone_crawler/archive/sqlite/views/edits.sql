-- What the newsroom changed in its articles: one row a state after the first. What our own reader
-- made of a page when it was read again is no edit. Without what was taken down here.
CREATE VIEW edits AS
WITH state AS (
    SELECT
        v.*,
        lag(v.reading_id) OVER article AS reading_before,
        lag(v.read_with) OVER article AS read_with_before
    FROM revisions AS v
    WINDOW article AS (PARTITION BY v.article_id ORDER BY v.seen_at, v.n)
)
SELECT
    a.id AS article_id,
    a.url,
    state.n AS revision,
    state.seen_at,
    substr(state.edit, 1, instr(state.edit || ',', ',') - 1) AS kind,
    state.edit AS kinds,
    before.article ->> '$.headline' AS headline_before,
    after.article ->> '$.headline' AS headline,
    (SELECT group_concat(DISTINCT c.origin) FROM reading_captures AS x
        JOIN captures AS c ON c.id = x.capture_id WHERE x.reading_id = after.id) AS origin,
    -- what told of the state before, where no page of it is known
    (SELECT name FROM dumps WHERE id = before.dump_id) AS dump_before,
    state.read_with IS state.read_with_before AS read_alike,
    before.id AS reading_before,
    after.id AS reading_id
FROM state
JOIN articles AS a ON a.id = state.article_id
JOIN readings AS after ON after.id = state.reading_id
JOIN readings AS before ON before.id = state.reading_before
WHERE state.edit <> '' AND a.id NOT IN (SELECT article_id FROM takedowns);
