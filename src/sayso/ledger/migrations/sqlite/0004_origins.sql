-- Copies of articles, and statements of different articles that say the same.

-- Bands of articles' MinHash signatures: articles that share one may be copies. Neither these nor
-- claim_key refer to the rows that they name: "forget" makes the same keys and takes them out, which
-- spares a second index of each.
CREATE TABLE copy_band (
    band INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (band, article)
) WITHOUT ROWID;
-- Two articles of which one is a copy or a rewrite of the other; "article" is the larger key.
CREATE TABLE copy (
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    how TEXT NOT NULL CHECK (how IN ('copy', 'rewrite')),
    share REAL NOT NULL,
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
CREATE INDEX copy_other ON copy (other);

-- Rare words of statements, two at a time: statements that share them may say the same.
CREATE TABLE claim_key (
    key INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (key, statement)
) WITHOUT ROWID;
-- Two statements of different articles that say the same; "statement" is the larger key.
CREATE TABLE same_claim (
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    share REAL NOT NULL,
    PRIMARY KEY (statement, other)
) WITHOUT ROWID;
CREATE INDEX same_claim_other ON same_claim (other);
