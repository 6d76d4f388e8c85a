-- Search by meaning. A vector is the direction of a statement's words as 384 numbers of eight bits; a
-- block holds the signs of the vectors of statements 4096 * block to 4096 * block + 4095, 48 bytes
-- each, which are looked through first; "model" is the encoder that made them.
CREATE TABLE meaning (
    statement BIGINT PRIMARY KEY REFERENCES statement (statement) ON DELETE CASCADE,
    vector BYTEA NOT NULL
);
CREATE TABLE meaning_block (
    block BIGINT PRIMARY KEY,
    model TEXT NOT NULL,
    signs BYTEA NOT NULL
);

-- The places of what a statement says.
CREATE INDEX IF NOT EXISTS event_statement ON event (statement) WHERE statement IS NOT NULL;

-- Words as FTS5 has them: stems, none left out as too common ("not" matters here); those of the text
-- weigh A, those of the source B.
CREATE TEXT SEARCH DICTIONARY sayso_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION sayso (COPY = english);
ALTER TEXT SEARCH CONFIGURATION sayso ALTER MAPPING REPLACE english_stem WITH sayso_stem;
ALTER TABLE statement DROP COLUMN IF EXISTS words;
ALTER TABLE statement ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('sayso', text), 'A')
    || setweight(to_tsvector('sayso', coalesce(source, '')), 'B')
) STORED;
CREATE INDEX statement_words ON statement USING gin (words);
