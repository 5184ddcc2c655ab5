-- What the newsroom did to an article, in an editor's words.

-- Kinds of the edit that led to this state, the weightiest first, apart by ", "; '' for the first
-- state and for one that reads the same as the state before; NULL until it is weighed.
ALTER TABLE revisions ADD COLUMN edit TEXT;
CREATE INDEX revisions_unweighed ON revisions (id) WHERE edit IS NULL;

-- Whatever comes among the states of an article, or is read otherwise, is weighed anew, and so is
-- the state after it. A state has its reading only after its row: the update says both.
CREATE TRIGGER revisions_weigh_again AFTER UPDATE OF reading_id ON revisions
WHEN old.reading_id IS NOT new.reading_id BEGIN
    UPDATE revisions SET edit = NULL
    WHERE article_id = new.article_id AND seen_at >= new.seen_at;
END;
