-- What an article itself sets against each other: a claim and its denial, a headline and its text.
-- "start" and "end" are characters of the article's text; "source" who is said to say it, where it is
-- not the source of the statement.
CREATE TABLE conflict (
    conflict INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    kind TEXT NOT NULL,
    grade INTEGER NOT NULL,
    day TEXT,
    about TEXT NOT NULL,
    a_statement INTEGER,
    a_source TEXT,
    a_start INTEGER NOT NULL,
    a_end INTEGER NOT NULL,
    b_statement INTEGER,
    b_source TEXT,
    b_start INTEGER NOT NULL,
    b_end INTEGER NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX conflict_article ON conflict (article);
CREATE INDEX conflict_grade ON conflict (grade, day);

-- Statements that deny (or decline to say) something that other articles may assert.
CREATE TABLE denial (
    statement INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    day TEXT,
    declines INTEGER NOT NULL
);
CREATE INDEX denial_article ON denial (article);
CREATE INDEX denial_day ON denial (day);

-- Pairs of content words, as numbers, of statements that may be denied elsewhere; "day" counts from
-- the first of year 1. As with claim_key, "forget" makes the same keys again.
CREATE TABLE denied_key (
    "key" INTEGER NOT NULL,
    day INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY ("key", day, statement)
) WITHOUT ROWID;
