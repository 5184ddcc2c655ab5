-- An archive that loses nothing and can prove it: pictures in the frontier, absences counted,
-- captures that refer to others or wait to be read, the ledger, and what was taken down.

-- SQLite cannot change a CHECK in place: the table is made anew (https://sqlite.org/lang_altertable.html#otheralter).
CREATE TABLE new_urls (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (
        kind IN ('robots', 'home', 'source', 'listing', 'article', 'part', 'image')
    ),
    state TEXT NOT NULL CHECK (state IN ('pending', 'stored', 'failed', 'gone', 'skipped')),
    reason TEXT,                    -- why it failed, is gone or was skipped
    role TEXT CHECK (role IN ('canonical', 'alias', 'redirect', 'amp', 'shortlink', 'part')),
    article_id INTEGER REFERENCES articles (id),    -- the article it stands for
    same_as INTEGER REFERENCES urls (id),           -- the row of the same page, for an alias
    part_of INTEGER REFERENCES urls (id),           -- the article's first page, for a part
    part_number INTEGER,            -- which page of the article it is, from 2
    listing_key TEXT UNIQUE,        -- category slug and page number: one listing, many addresses
    listed TEXT,                    -- digest of the articles a listing page showed last
    ask_as TEXT,                    -- the spelling the server wants, where it is not url
    found_on TEXT,                  -- URL of the page that first named it
    found_in INTEGER REFERENCES runs (id),
    found_at TEXT NOT NULL,         -- UTC
    next_at TEXT,                   -- UTC; due from then on, NULL = not to be asked for again
    attempts INTEGER NOT NULL DEFAULT 0,            -- failed tries in a row
    absences INTEGER NOT NULL DEFAULT 0,            -- answers 404 or 410 since it was there last
    absent_since TEXT,              -- UTC; the first of them
    http_status INTEGER,            -- of the last answer
    checked_at TEXT,                -- UTC; when it last answered or failed
    etag TEXT,
    last_modified TEXT,
    capture_id INTEGER REFERENCES captures (id),    -- the newest capture
    read_with TEXT                  -- version of our reader that tried its captures again
) STRICT;
INSERT INTO new_urls
SELECT
    id, url, kind, state, reason, role, article_id, same_as, part_of, part_number, listing_key,
    listed, ask_as, found_on, found_in, found_at, next_at, attempts, 0, NULL, http_status,
    checked_at, etag, last_modified, capture_id, NULL
FROM urls;
DROP TABLE urls;
ALTER TABLE new_urls RENAME TO urls;
CREATE INDEX urls_due ON urls (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX urls_article ON urls (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX urls_same_as ON urls (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX urls_part_of ON urls (part_of, part_number) WHERE part_of IS NOT NULL;


-- Links that a rule of urls.py turned away, which therefore have no row in urls.
CREATE TABLE never_asked (
    rule TEXT PRIMARY KEY,
    links INTEGER NOT NULL,         -- how often such a link was met
    samples TEXT NOT NULL,          -- JSON array of a few addresses, the first ones met
    last_met_at TEXT NOT NULL       -- UTC
) STRICT;

ALTER TABLE captures ADD COLUMN warc_type TEXT NOT NULL DEFAULT 'response'
    CHECK (warc_type IN ('response', 'revisit'));
-- as WARC-Payload-Digest writes it; NULL for captures older than this column
ALTER TABLE captures ADD COLUMN payload_digest TEXT;
-- for a revisit, the capture that holds its payload
ALTER TABLE captures ADD COLUMN refers_to INTEGER REFERENCES captures (id);
-- 1 for a record found in its file after a crash, or of an import, until it is read
ALTER TABLE captures ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting IN (0, 1));
-- why its record is in no file any more: noise, erased or lost; NULL while it is there
ALTER TABLE captures ADD COLUMN dropped TEXT CHECK (dropped IN ('noise', 'erased', 'lost'));
-- the WARC file or archive of somebody else it came from; NULL for our own
ALTER TABLE captures ADD COLUMN origin TEXT;
-- 1 for an article's page that was read and said nothing new
ALTER TABLE captures ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0 CHECK (repeats IN (0, 1));
CREATE INDEX captures_waiting ON captures (url_id) WHERE waiting = 1;
CREATE INDEX captures_place ON captures (warc_file, warc_offset);
CREATE INDEX captures_repeating ON captures (warc_file) WHERE repeats = 1 AND dropped IS NULL;

-- Without the rule that a reader version has one reading of a revision: where two archives saw the
-- same state, each brings its own.
CREATE TABLE new_readings (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    reader_version TEXT NOT NULL,
    reader TEXT NOT NULL,           -- the layout that read the page
    read_at TEXT NOT NULL,          -- UTC
    run_id INTEGER NOT NULL REFERENCES runs (id),
    content_digest TEXT NOT NULL,
    article TEXT NOT NULL,          -- JSON object: the whole article as read
    sources TEXT NOT NULL,          -- JSON object: field -> where it came from
    flags TEXT NOT NULL             -- JSON array
) STRICT;
INSERT INTO new_readings
SELECT
    id, revision_id, reader_version, reader, read_at, run_id, content_digest, article, sources,
    flags
FROM readings;
DROP TABLE readings;
ALTER TABLE new_readings RENAME TO readings;
CREATE INDEX readings_revision ON readings (revision_id, reader_version);

-- The newest version of our reader that has read this revision, and the reading that counts.
ALTER TABLE revisions ADD COLUMN read_with TEXT;
ALTER TABLE revisions ADD COLUMN reading_id INTEGER
    REFERENCES readings (id) DEFERRABLE INITIALLY DEFERRED;
UPDATE revisions SET
    reading_id = (SELECT max(id) FROM readings WHERE revision_id = revisions.id),
    read_with = (
        SELECT reader_version FROM readings WHERE revision_id = revisions.id ORDER BY id DESC
    );
-- where the article's address leads now, when that is another page
ALTER TABLE articles ADD COLUMN redirected_to TEXT;
-- digest of the newest ledger entry when the run ended
ALTER TABLE runs ADD COLUMN ledger_head TEXT;

-- UTC, in a backup: when it was made. Who writes to it begins a chain of the ledger of its own.
ALTER TABLE archive ADD COLUMN copied_at TEXT;

-- What happened, in order, each entry sealed by a digest over itself and the one before it.
-- archive/README.md documents the bytes; archive/verify.py recomputes them.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,         -- order in which this archive wrote the entry or took it in
    chain TEXT NOT NULL,            -- uuid of the archive that wrote it
    n INTEGER NOT NULL,             -- 1, 2, 3 ... within the chain
    kind TEXT NOT NULL CHECK (kind IN (
        'new', 'revision', 'reading', 'moved', 'redirected', 'gone', 'back', 'takedown',
        'restored', 'erased', 'merge'
    )),
    at TEXT NOT NULL,               -- UTC; when it was written
    url TEXT NOT NULL,              -- address of the article at that time
    revision INTEGER,               -- its number n
    seen_at TEXT,                   -- UTC; when the page was fetched
    content_digest TEXT,            -- SHA-256 of what counts as content
    reading_digest TEXT,            -- SHA-256 of the whole reading, as it stands in readings
    capture_digests TEXT,           -- SHA-256 of each capture's gzip member, apart by a space
    detail TEXT,                    -- reader version, old address, target, or head taken in
    previous TEXT NOT NULL,         -- digest of the entry before; 64 zeros for the first
    digest TEXT NOT NULL UNIQUE,    -- SHA-256 of this entry
    UNIQUE (chain, n)
) STRICT;
CREATE INDEX ledger_url ON ledger (url);
CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger BEGIN
    SELECT raise(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER ledger_stays_whole BEFORE DELETE ON ledger BEGIN
    SELECT raise(ABORT, 'the ledger is append-only');
END;

-- Tombstones: articles that were taken down here, and why.
CREATE TABLE takedowns (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id),
    url TEXT NOT NULL,
    at TEXT NOT NULL,               -- UTC
    reason TEXT NOT NULL,
    identity TEXT,                  -- SHA-256 of post id and date: known again at another address
    erased_at TEXT,                 -- UTC; when text and captures were destroyed; NULL = withheld
    digests TEXT NOT NULL           -- JSON array: of each reading n, content and reading digest
) STRICT;

-- What was taken down, while it may still be put back. Not for readers.
CREATE TABLE withheld (
    reading_id INTEGER PRIMARY KEY REFERENCES readings (id),
    article TEXT NOT NULL,          -- as in readings
    sources TEXT NOT NULL,
    flags TEXT NOT NULL,
    removals TEXT NOT NULL,         -- JSON array of rule and text
    around TEXT     -- JSON object: what other tables said; only with the reading that was shown
) STRICT;
