-- What a run asks at its start, at its end and for each page takes as long in an archive of any
-- size: indexes over the few rows that it is about.

-- Due rows kind by kind, in the order in which they are asked for.
DROP INDEX urls_due;
CREATE INDEX urls_due ON urls (kind, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX urls_first_pages ON urls (checked_at)
WHERE kind = 'listing' AND listing_key LIKE '%#1';
CREATE INDEX urls_listed ON urls (listed) WHERE listed IS NOT NULL;
CREATE INDEX urls_failed ON urls (reason) WHERE state = 'failed';

CREATE INDEX articles_first_seen ON articles (first_seen_at);
CREATE INDEX revisions_run ON revisions (run_id);
CREATE INDEX captures_refers ON captures (refers_to) WHERE refers_to IS NOT NULL;
DROP INDEX captures_repeating;
CREATE INDEX captures_repeating ON captures (warc_file, warc_length)
WHERE repeats = 1 AND dropped IS NULL;

-- What each source shows now (counted by the index alone, which must have until_at for that), and
-- what it began to show last.
CREATE INDEX shown_now ON shown (source, until_at) WHERE until_at IS NULL;
CREATE INDEX shown_first ON shown (first_at);

-- When an article's page is to be looked at again is planned once, not for all articles in every
-- run; and once more whenever something changes of what it follows from.
-- UTC; '' for a page that is not to be; NULL until it is planned
ALTER TABLE urls ADD COLUMN visit_at TEXT;
-- seconds; the interval of the schedule that ends then
ALTER TABLE urls ADD COLUMN visit_after REAL;
-- JSON array of seconds: the ages by which visits are planned (REVISIT_AGES)
ALTER TABLE archive ADD COLUMN visit_ages TEXT;
CREATE INDEX urls_visits ON urls (visit_after, visit_at)
WHERE visit_after IS NOT NULL AND next_at IS NULL AND state = 'stored';
CREATE INDEX urls_unplanned ON urls (id)
WHERE visit_at IS NULL AND kind = 'article' AND state = 'stored' AND same_as IS NULL;

CREATE TRIGGER urls_plan_again AFTER UPDATE OF checked_at ON urls
WHEN old.visit_at IS NOT NULL AND old.checked_at IS NOT new.checked_at BEGIN
    UPDATE urls SET visit_at = NULL, visit_after = NULL WHERE id = new.id;
END;
CREATE TRIGGER articles_plan_again
AFTER UPDATE OF url, date_published, first_seen_at, gone_at, revision_id ON articles
WHEN old.url IS NOT new.url OR old.date_published IS NOT new.date_published
    OR old.first_seen_at IS NOT new.first_seen_at OR old.gone_at IS NOT new.gone_at
    OR old.revision_id IS NOT new.revision_id
BEGIN
    UPDATE urls SET visit_at = NULL, visit_after = NULL
    WHERE url IN (old.url, new.url) AND visit_at IS NOT NULL;
END;
CREATE TRIGGER revisions_plan_again AFTER UPDATE OF n, seen_at ON revisions
WHEN old.n IS NOT new.n OR old.seen_at IS NOT new.seen_at BEGIN
    UPDATE urls SET visit_at = NULL, visit_after = NULL
    WHERE url = (SELECT url FROM articles WHERE id = new.article_id) AND visit_at IS NOT NULL;
END;
