-- Every state of every article, and from when until when it was the newest one known: the article
-- as of any moment. Without what was taken down here.
CREATE VIEW states AS
WITH
seen (article_id, revision_id, n, seen_at, is_again, edit) AS (
    SELECT article_id, id, n, seen_at, 0, edit FROM revisions
    UNION ALL
    -- A state that was seen again after another one, of which only an import told later.
    SELECT a.id, shown.id, shown.n, a.last_seen_at, 1, NULL
    FROM articles AS a JOIN revisions AS shown ON shown.id = a.revision_id
    WHERE EXISTS (
        SELECT 1 FROM revisions AS later
        WHERE later.article_id = a.id
            AND (later.seen_at, later.n) > (shown.seen_at, shown.n))
),
state AS (
    SELECT
        seen.*,
        row_number() OVER article AS place,
        lead(seen_at) OVER article AS until_at
    FROM seen
    WINDOW article AS (PARTITION BY article_id ORDER BY seen_at, is_again, n)
)
SELECT
    state.article_id,
    a.url,
    state.n AS revision,
    -- an import may have told later that the first state is older
    iif(state.place = 1, min(state.seen_at, a.first_seen_at), state.seen_at) AS from_at,
    state.until_at,
    nullif(state.edit, '') AS kinds,
    r.article ->> '$.headline' AS headline,
    r.article ->> '$.description' AS description,
    r.article ->> '$.date_published' AS date_published,
    (SELECT group_concat(value, ', ') FROM json_each(r.article, '$.authors')) AS authors,
    r.article ->> '$.editor' AS editor,
    (SELECT group_concat(value, ', ') FROM json_each(r.article, '$.article_section')) AS sections,
    r.article ->> '$.article_body' AS article_body,
    r.article ->> '$.word_count' AS word_count,
    r.content_digest,
    (SELECT group_concat(DISTINCT c.origin) FROM reading_captures AS x
        JOIN captures AS c ON c.id = x.capture_id WHERE x.reading_id = r.id) AS origin,
    -- what alone tells of it, where no page of it is known
    (SELECT name FROM dumps WHERE id = r.dump_id) AS dump,
    r.id AS reading_id
FROM state
JOIN articles AS a ON a.id = state.article_id
JOIN revisions AS v ON v.id = state.revision_id
JOIN readings AS r ON r.id = v.reading_id
WHERE state.article_id NOT IN (SELECT article_id FROM takedowns);
