-- What was read, where it came from, and what people said of it. Columns named as the records' fields
-- are; "day" is the day that a thing is sorted by: its own date, else the article's.

-- The untouched bytes of inputs, compressed (zlib), once each.
CREATE TABLE evidence (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
) WITHOUT ROWID;

-- An article in its current version. "key" tells that two inputs are one article: the address, else
-- the file; "name" is what people are shown. The text and the reading are packed (zlib).
CREATE TABLE article (
    article INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    url TEXT,
    publisher TEXT,
    headline TEXT,
    published TEXT,
    day TEXT,
    language TEXT,
    words INTEGER NOT NULL,
    added TEXT NOT NULL,
    program TEXT NOT NULL,
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text BLOB NOT NULL,
    reading BLOB NOT NULL
);
CREATE INDEX article_day ON article (day);
CREATE INDEX article_publisher ON article (publisher);

-- Articles whose rows another version of the tables made: they are made anew when the ledger is next
-- opened to be written.
CREATE TABLE stale (
    article INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE
);

-- Versions that a later one took the place of.
CREATE TABLE version (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    version INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    added TEXT NOT NULL,
    program TEXT NOT NULL,
    model TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    text BLOB NOT NULL,
    reading BLOB NOT NULL,
    PRIMARY KEY (article, version)
);

-- What changed in an article's claims from the version before.
CREATE TABLE change (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('added', 'removed', 'reworded')),
    record TEXT NOT NULL CHECK (record IN ('statement', 'figure', 'article')),
    before TEXT,
    after TEXT,
    PRIMARY KEY (article, version, position)
);

-- When, how and from where the bytes of a version were had.
CREATE TABLE capture (
    id TEXT NOT NULL,
    retrieved TEXT NOT NULL,
    how TEXT NOT NULL,
    origin TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES evidence,
    PRIMARY KEY (id, sha256, origin, retrieved)
);

-- Whoever speaks, acts or is acted on, across articles. "country" is ISO 3166-1 alpha-3, "party"
-- the country for whose state it speaks, "merged" the entity that a person said it is.
CREATE TABLE entity (
    entity INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    party TEXT,
    merged INTEGER REFERENCES entity
);
CREATE INDEX entity_merged ON entity (merged) WHERE merged IS NOT NULL;
-- Names in a form in which their spellings agree.
CREATE TABLE entity_name (
    key TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (key, entity, name)
) WITHOUT ROWID;
-- An actor of an article, and the entity that it was led to, with the reason: a name new to the
-- ledger, the same name, another spelling, a short name and an office, or a reviewer's order. "position"
-- is its place among the reading's actors; "name" is null where it is the entity's.
CREATE TABLE actor (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    position INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    name TEXT,
    roles TEXT,
    why TEXT NOT NULL CHECK (why IN ('new', 'name', 'spelling', 'office', 'order')),
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX actor_entity ON actor (entity);
CREATE INDEX actor_short ON actor (entity) WHERE why IN ('new', 'office');

-- One link of attribution. "source" is its source in words, "chain" the chain as JSON (null where it
-- is the source alone), "start" and "end" the characters of the article from the first to the last of its content.
CREATE TABLE statement (
    statement INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    parent TEXT,
    type TEXT NOT NULL,
    negated INTEGER NOT NULL,
    cue TEXT,
    source TEXT,
    source_kind TEXT,
    chain TEXT,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    day TEXT,
    confidence REAL,
    review TEXT
);
CREATE INDEX statement_article ON statement (article);
-- Who makes a statement (role "source") and whom it is about (role "about").
CREATE TABLE statement_entity (
    entity INTEGER NOT NULL REFERENCES entity,
    role TEXT NOT NULL,
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    PRIMARY KEY (entity, role, statement)
) WITHOUT ROWID;
CREATE INDEX statement_entity_statement ON statement_entity (statement);

-- The same thing counted: figures of one series can stand on one line of time.
CREATE TABLE series (
    series INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    what TEXT NOT NULL,
    kind TEXT,
    owners TEXT,
    unit TEXT
);
CREATE TABLE figure (
    figure INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    statement INTEGER REFERENCES statement ON DELETE CASCADE,
    series INTEGER REFERENCES series,
    value REAL,
    low REAL,
    high REAL,
    bound TEXT NOT NULL,
    change TEXT,
    unit TEXT,
    unit_kind TEXT NOT NULL,
    kind TEXT,
    counted TEXT,
    wording TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    day TEXT,
    since TEXT,
    place TEXT,
    measure TEXT,
    part_of TEXT,
    attribution TEXT NOT NULL,
    review TEXT
);
CREATE INDEX figure_article ON figure (article);
CREATE INDEX figure_series ON figure (series, day);
CREATE INDEX figure_statement ON figure (statement) WHERE statement IS NOT NULL;

CREATE TABLE event (
    event INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    statement INTEGER REFERENCES statement ON DELETE CASCADE,
    type TEXT,
    mode TEXT,
    status TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    date TEXT,
    day TEXT,
    place TEXT,
    country TEXT,
    lat REAL,
    lon REAL,
    attribution TEXT NOT NULL,
    review TEXT
);
CREATE INDEX event_article ON event (article);
CREATE INDEX event_day ON event (day, type);
-- Who acts in an event (role "actor") and who is acted on (role "recipient").
CREATE TABLE event_entity (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    role TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entity,
    PRIMARY KEY (event, role, entity)
) WITHOUT ROWID;
CREATE INDEX event_entity_entity ON event_entity (entity);

-- A treaty across articles, and what each article says of it (record: the Agreement as JSON).
CREATE TABLE treaty (
    treaty INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL
);
CREATE TABLE agreement (
    agreement INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    treaty INTEGER NOT NULL REFERENCES treaty,
    name TEXT NOT NULL,
    record TEXT NOT NULL,
    review TEXT
);
CREATE INDEX agreement_article ON agreement (article);
CREATE INDEX agreement_treaty ON agreement (treaty);
-- Words and parties by which a treaty is found again.
CREATE TABLE treaty_key (
    key TEXT NOT NULL,
    treaty INTEGER NOT NULL REFERENCES treaty ON DELETE CASCADE,
    PRIMARY KEY (key, treaty)
) WITHOUT ROWID;
-- Statements that name an agreement, and whether they call on it ("invokes").
CREATE TABLE agreement_statement (
    agreement INTEGER NOT NULL REFERENCES agreement ON DELETE CASCADE,
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    invokes INTEGER NOT NULL,
    PRIMARY KEY (agreement, statement)
) WITHOUT ROWID;
CREATE INDEX agreement_statement_statement ON agreement_statement (statement);

-- What reviewers said, in order; nothing is changed or taken out. "hash" is the SHA-256 of the line
-- before and of this one, so that a line that was changed or removed shows.
CREATE TABLE review (
    review INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    article TEXT,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX review_target ON review (target);
CREATE INDEX review_article ON review (article);

-- Full text of statements, with their sources.
CREATE VIRTUAL TABLE statement_text USING fts5(
    text, source, content = 'statement', content_rowid = 'statement',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_added AFTER INSERT ON statement BEGIN
    INSERT INTO statement_text (rowid, text, source) VALUES (new.statement, new.text, new.source);
END;
CREATE TRIGGER statement_removed AFTER DELETE ON statement BEGIN
    INSERT INTO statement_text (statement_text, rowid, text, source)
    VALUES ('delete', old.statement, old.text, old.source);
END;

-- For people: what the tables hold, by plain names.
CREATE VIEW claims AS
    SELECT statement.id, article.name AS article, statement.day, statement.source, statement.cue,
        statement.type, statement.negated, statement.text, statement.chain, statement.review
    FROM statement JOIN article USING (article);
CREATE VIEW figures AS
    SELECT figure.id, article.name AS article, figure.day, series.what, figure.wording, figure.value,
        figure.low, figure.high, figure.bound, figure.unit, figure.kind, figure.place,
        statement.source, figure.attribution
    FROM figure JOIN article USING (article) LEFT JOIN series USING (series)
        LEFT JOIN statement ON statement.statement = figure.statement;
CREATE VIEW events AS
    SELECT event.id, article.name AS article, event.day, event.type, event.status, event."trigger",
        event.place, event.country,
        (SELECT group_concat(name, '; ') FROM event_entity JOIN entity USING (entity)
            WHERE event_entity.event = event.event AND role = 'actor') AS actors,
        (SELECT group_concat(name, '; ') FROM event_entity JOIN entity USING (entity)
            WHERE event_entity.event = event.event AND role = 'recipient') AS recipients
    FROM event JOIN article USING (article);
CREATE VIEW people_and_bodies AS
    SELECT entity.name, entity.kind, entity.country,
        (SELECT count(*) FROM statement_entity WHERE statement_entity.entity = entity.entity
            AND role = 'source') AS statements,
        (SELECT count(*) FROM actor WHERE actor.entity = entity.entity) AS articles
    FROM entity WHERE merged IS NULL;
