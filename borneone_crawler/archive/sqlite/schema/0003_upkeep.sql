-- Left alone for years: what each source shows, and how the sources themselves do.

-- What listings, feed, sitemaps and the REST API show: which addresses, and since when.
CREATE TABLE shown (
    url_id INTEGER NOT NULL REFERENCES urls (id),
    source TEXT NOT NULL CHECK (source IN ('listing', 'feed', 'sitemap', 'rest')),
    place TEXT NOT NULL,            -- of a listing, its category's slug; '' for the other sources
    post_id INTEGER,                -- WordPress's number, where the source gives it
    published_at TEXT,              -- UTC, as the source says
    modified_at TEXT,               -- UTC, as the source says
    first_at TEXT NOT NULL,         -- UTC; when it was shown there first
    last_at TEXT NOT NULL,          -- UTC; when it was shown there last
    until_at TEXT,                  -- UTC; when the whole source was read and it was not there
    PRIMARY KEY (url_id, source, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_source ON shown (source, last_at);

-- How the machines' lists of what exists do.
CREATE TABLE sources (
    source TEXT PRIMARY KEY CHECK (source IN ('feed', 'sitemap', 'rest')),
    state TEXT NOT NULL CHECK (state IN ('works', 'missing', 'forbidden', 'unreadable', 'failing')),
    checked_at TEXT NOT NULL,       -- UTC; when it was asked last
    worked_at TEXT,                 -- UTC; when it worked last
    complete_at TEXT,               -- UTC; when it was read from end to end last
    total INTEGER,                  -- articles that it says there are
    surplus INTEGER                 -- how many more it said than it showed when read from end to end
) STRICT;

-- UTC; until when the site asked to be left alone (Retry-After)
ALTER TABLE archive ADD COLUMN quiet_until TEXT;
