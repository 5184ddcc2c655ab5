-- What an article costs to write, the more so the more are held.

-- Nothing asked by it: what says nearly the same is in `retold`.
DROP INDEX articles_content_digest;

-- Long rows that come in order belong at the end of a table of their own order; among the rows of
-- an index (WITHOUT ROWID) each moved its neighbours.
CREATE TABLE new_removals (
    reading_id INTEGER NOT NULL REFERENCES readings (id),
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,             -- name of the rule in cleaning/boilerplate.toml
    text TEXT NOT NULL,
    PRIMARY KEY (reading_id, position)
) STRICT;
INSERT INTO new_removals (reading_id, position, rule, text)
SELECT reading_id, position, rule, text FROM removals;
DROP TABLE removals;
ALTER TABLE new_removals RENAME TO removals;
