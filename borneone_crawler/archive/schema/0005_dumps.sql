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
