-- "of_statement" is the statement whose source a figure goes back to, "dated" whether the text dates it.
ALTER TABLE figure ADD COLUMN of_statement INTEGER;
ALTER TABLE figure ADD COLUMN dated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE series ADD COLUMN figures INTEGER NOT NULL DEFAULT 0;
CREATE INDEX series_figures ON series (figures);

-- Words by which a series is asked for; "uses" counts the figures that bring a place's name.
CREATE TABLE series_word (
    word TEXT NOT NULL,
    series INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
    uses INTEGER NOT NULL,
    PRIMARY KEY (word, series)
) WITHOUT ROWID;
CREATE INDEX series_word_series ON series_word (series);

-- Countries that an article says attack each other or count the losses of both of.
CREATE TABLE fight (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (one, other, article)
) WITHOUT ROWID;
CREATE INDEX fight_article ON fight (article);
