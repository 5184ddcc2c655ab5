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
CREATE INDEX reading_captures_capture ON reading_captures (capture_id);

-- What each source shows now, and what it began to show last.
CREATE INDEX shown_now ON shown (source, url_id) WHERE until_at IS NULL;
CREATE INDEX shown_first ON shown (first_at);
