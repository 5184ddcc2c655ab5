-- What else is known of an article's text: dumps that old scrapes left, and articles nearly alike.

-- Texts of pages that somebody scraped, and of which nothing else is left: byte for byte.
CREATE TABLE dumps (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,    -- of the file's bytes, hexadecimal
    name TEXT NOT NULL,             -- of the file, without its folder
    encoding TEXT NOT NULL CHECK (encoding IN ('utf-8', 'windows-1252')),
    text BLOB,                      -- the file's bytes; NULL while its article is taken down
    withheld BLOB,                  -- the same while that may still be put back. Not for readers.
    headline_key TEXT NOT NULL,     -- digest of its headline, folded: by it a dump finds its article
    run_id INTEGER NOT NULL REFERENCES runs (id),
    added_at TEXT NOT NULL,         -- UTC; when it was taken in here
    article_id INTEGER REFERENCES articles (id),    -- whose text it is, where that is known
    -- how that is known: its address was given, its words are the article's, or those of several,
    -- so that it is not
    linked_by TEXT CHECK (linked_by IN ('address', 'words', 'several'))
) STRICT;
CREATE INDEX dumps_headline ON dumps (headline_key);
CREATE INDEX dumps_article ON dumps (article_id) WHERE article_id IS NOT NULL;

-- the dump that a reading was made from, in place of captures
ALTER TABLE readings ADD COLUMN dump_id INTEGER REFERENCES dumps (id);
CREATE INDEX readings_dump ON readings (dump_id) WHERE dump_id IS NOT NULL;

-- Sentences of articles as numbers (8 bytes of a digest of their words), by which articles that may
-- be one text find each other. Made anew whenever an article says something else.
CREATE TABLE fingerprints (
    fingerprint INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    PRIMARY KEY (fingerprint, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX fingerprints_article ON fingerprints (article_id);

-- Pairs of articles whose texts are nearly one; ask the view `duplicates`.
CREATE TABLE retold (
    article_id INTEGER NOT NULL REFERENCES articles (id),   -- the greater number of the two
    other_id INTEGER NOT NULL REFERENCES articles (id),
    share REAL NOT NULL,            -- of the shorter text's words that stand in the other
    PRIMARY KEY (article_id, other_id),
    CHECK (article_id > other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX retold_other ON retold (other_id);

-- content_digest of the state that was compared with other articles
ALTER TABLE articles ADD COLUMN compared TEXT;
CREATE INDEX articles_uncompared ON articles (id) WHERE compared IS NOT content_digest;
