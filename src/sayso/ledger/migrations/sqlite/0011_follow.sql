-- What `sayso follow` knows. Times are seconds since 1970; an article's rows stay as they are.
-- Documents that list pages: feeds, sitemaps, lists. "listed" is when the document was last read whole,
-- "settings" what it was read with (a digest).
CREATE TABLE follow_document (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    settings TEXT,
    mark TEXT,
    listed INTEGER
) WITHOUT ROWID;
-- Pages that were listed; "due" is when to ask for it next (null: no more), "mark" and "stated" are what the
-- document says of it.
CREATE TABLE follow_page (
    page TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    feed TEXT NOT NULL,
    document TEXT NOT NULL,
    listed INTEGER NOT NULL,
    mark TEXT,
    stated TEXT,
    read INTEGER,
    due INTEGER,
    pause INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    modified TEXT
) WITHOUT ROWID;
CREATE INDEX follow_page_due ON follow_page (feed, due);
-- Hosts: when one may be asked again, and its robots.txt (null: it has none) until when it holds.
CREATE TABLE follow_host (
    host TEXT PRIMARY KEY,
    free REAL NOT NULL,
    robots TEXT,
    robots_until REAL
) WITHOUT ROWID;
