-- What this file is: one row. The PRAGMAs application_id and user_version say it to file(1) too.
CREATE TABLE archive (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uuid TEXT NOT NULL,        -- names this archive in WARC file names and, later, its ledger
    newsroom TEXT NOT NULL,    -- name of the newsroom, as the spider is called
    base_url TEXT NOT NULL,    -- the one origin this archive is of; a run against another is refused
    time_zone TEXT NOT NULL,   -- IANA zone in which the views count days, months and years
    created_at TEXT NOT NULL   -- UTC
) STRICT;

-- Every run that reached the archive.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,          -- crawl; later also reparse, merge, import
    arguments TEXT NOT NULL,        -- JSON object of the run's -a arguments
    program_version TEXT NOT NULL,
    reader_version TEXT NOT NULL,   -- digest of the page readers and cleaning rules
    started_at TEXT NOT NULL,       -- UTC
    finished_at TEXT,               -- UTC; NULL while running, and for a run that was killed
    status INTEGER,                 -- the exit status; README explains each
    reason TEXT,                    -- the same in words
    stats TEXT                      -- JSON object of counters named room/what
) STRICT;

-- The frontier: every candidate URL, one row for each identity (urls.py), and for each other
-- spelling met of a URL that is in here (same_as).
CREATE TABLE urls (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('robots', 'home', 'source', 'listing', 'article', 'part')),
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
    http_status INTEGER,            -- of the last answer
    checked_at TEXT,                -- UTC; when it last answered or failed
    etag TEXT,
    last_modified TEXT,
    capture_id INTEGER REFERENCES captures (id)     -- the newest capture
) STRICT;
CREATE INDEX urls_due ON urls (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX urls_article ON urls (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX urls_same_as ON urls (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX urls_part_of ON urls (part_of, part_number) WHERE part_of IS NOT NULL;

-- Every response that was received, and where its WARC record stands.
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    url_id INTEGER REFERENCES urls (id),
    url TEXT NOT NULL,              -- as asked for
    run_id INTEGER NOT NULL REFERENCES runs (id),
    fetched_at TEXT NOT NULL,       -- UTC
    http_status INTEGER NOT NULL,
    content_type TEXT,
    warc_file TEXT NOT NULL,        -- name of the file in the folder warc/
    warc_offset INTEGER NOT NULL,   -- first byte of the record's gzip member
    warc_length INTEGER NOT NULL,   -- bytes of that member
    digest TEXT NOT NULL,           -- SHA-256 of that member, hexadecimal
    record_id TEXT NOT NULL UNIQUE  -- WARC-Record-ID
) STRICT;
CREATE INDEX captures_url ON captures (url_id, fetched_at);

-- One row an article, in its current state: the newest reading of its newest revision.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,       -- canonical URL: the article's identity
    post_id INTEGER,                -- WordPress's number; an attribute, not an identity
    headline TEXT,
    description TEXT,
    date_published TEXT,            -- ISO 8601 with offset, the newsroom's own time
    date_modified TEXT,             -- NULL where the page shows no other date than the first
    editor TEXT,
    byline_initials TEXT,           -- "Lay" of a closing "[Lay]"
    dateline TEXT,                  -- "Pontianak, BorneOneTV"
    article_body TEXT NOT NULL,
    article_body_html TEXT NOT NULL,    -- sanitised
    word_count INTEGER NOT NULL,
    in_language TEXT,
    comment_count INTEGER,
    flags TEXT NOT NULL,            -- JSON array: what a person should know of the reading
    content_digest TEXT NOT NULL,   -- SHA-256 of what counts as content
    revision_id INTEGER REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED,
    reading_id INTEGER REFERENCES readings (id) DEFERRABLE INITIALLY DEFERRED,
    first_seen_at TEXT NOT NULL,    -- UTC
    last_seen_at TEXT NOT NULL,     -- UTC; when the page was last seen with this content
    gone_at TEXT                    -- UTC; when the newsroom was found to have taken it down
) STRICT;
CREATE INDEX articles_post_id ON articles (post_id) WHERE post_id IS NOT NULL;
CREATE INDEX articles_date_published ON articles (date_published);
CREATE INDEX articles_content_digest ON articles (content_digest);

-- Every state of an article that the newsroom published, the current one included. Append-only.
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    n INTEGER NOT NULL,             -- 1, 2, 3 …
    seen_at TEXT NOT NULL,          -- UTC; when it was first seen
    run_id INTEGER NOT NULL REFERENCES runs (id),
    UNIQUE (article_id, n)
) STRICT;

-- What one version of our reader made of one revision. Append-only.
CREATE TABLE readings (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    reader_version TEXT NOT NULL,
    reader TEXT NOT NULL,           -- the layout that read the page
    read_at TEXT NOT NULL,          -- UTC
    run_id INTEGER NOT NULL REFERENCES runs (id),
    content_digest TEXT NOT NULL,
    article TEXT NOT NULL,          -- JSON object: the whole article as read
    sources TEXT NOT NULL,          -- JSON object: field -> where it came from
    flags TEXT NOT NULL,            -- JSON array
    UNIQUE (revision_id, reader_version)
) STRICT;

-- The captures a reading was made from: one, or one a part of a multi-page article.
-- In a WITHOUT ROWID table the columns of the key come first: SQLite 3.40's integrity_check takes
-- others that stand between them for NULL.
CREATE TABLE reading_captures (
    reading_id INTEGER NOT NULL REFERENCES readings (id),
    part_number INTEGER NOT NULL,
    capture_id INTEGER NOT NULL REFERENCES captures (id),
    PRIMARY KEY (reading_id, part_number)
) STRICT, WITHOUT ROWID;

-- The boilerplate that was taken off, with the rule that took it.
CREATE TABLE removals (
    reading_id INTEGER NOT NULL REFERENCES readings (id),
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,             -- name of the rule in cleaning/boilerplate.toml
    text TEXT NOT NULL,
    PRIMARY KEY (reading_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    slug TEXT UNIQUE,               -- WordPress's; NULL for a section that is only known by name
    url TEXT,                       -- the longest address met: it shows the nesting
    parent_id INTEGER REFERENCES sections (id)
) STRICT;
CREATE INDEX sections_name ON sections (name);

CREATE TABLE article_sections (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    section_id INTEGER NOT NULL REFERENCES sections (id),
    position INTEGER NOT NULL,      -- order on the page, from 1
    PRIMARY KEY (article_id, section_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_sections_section ON article_sections (section_id);

CREATE TABLE keywords (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_keywords (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    keyword_id INTEGER NOT NULL REFERENCES keywords (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (article_id, keyword_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_keywords_keyword ON article_keywords (keyword_id);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article_people (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('author', 'editor', 'initials')),
    position INTEGER NOT NULL,
    PRIMARY KEY (article_id, person_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_people_person ON article_people (person_id);

CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,      -- from 1
    url TEXT NOT NULL,
    caption TEXT,
    credit_text TEXT,
    is_main INTEGER NOT NULL CHECK (is_main IN (0, 1)),
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE videos (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    provider TEXT,
    video_id TEXT,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

-- Where an article's text leads: links, "Baca juga" pointers, posts of other platforms.
CREATE TABLE outlinks (
    article_id INTEGER NOT NULL REFERENCES articles (id),
    kind TEXT NOT NULL CHECK (kind IN ('link', 'read_also', 'embed')),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (article_id, kind, position)
) STRICT, WITHOUT ROWID;

-- Full-text index over the current articles; the text itself stays in articles.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    headline, description, article_body,
    content = 'articles', content_rowid = 'id',
    tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO articles_fts (articles_fts, rank) VALUES ('rank', 'bm25(10.0, 3.0, 1.0)');

CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, headline, description, article_body)
    VALUES (new.id, new.headline, new.description, new.article_body);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, headline, description, article_body)
    VALUES ('delete', old.id, old.headline, old.description, old.article_body);
END;
-- Only when the text changes: an upsert that repeats itself must not write the index.
CREATE TRIGGER articles_fts_update AFTER UPDATE OF headline, description, article_body ON articles
WHEN old.headline IS NOT new.headline
    OR old.description IS NOT new.description
    OR old.article_body IS NOT new.article_body
BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, headline, description, article_body)
    VALUES ('delete', old.id, old.headline, old.description, old.article_body);
    INSERT INTO articles_fts (rowid, headline, description, article_body)
    VALUES (new.id, new.headline, new.description, new.article_body);
END;
