-- Search by meaning. A vector is the direction of a statement's words as 384 numbers of eight bits; a
-- block holds the signs of the vectors of statements 4096 * block to 4096 * block + 4095, 48 bytes
-- each, which are looked through first; "model" is the encoder that made them.
CREATE TABLE meaning (
    statement INTEGER PRIMARY KEY REFERENCES statement ON DELETE CASCADE,
    vector BLOB NOT NULL
);
CREATE TABLE meaning_block (
    block INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    signs BLOB NOT NULL
);

-- The places of what a statement says.
CREATE INDEX IF NOT EXISTS event_statement ON event (statement) WHERE statement IS NOT NULL;
