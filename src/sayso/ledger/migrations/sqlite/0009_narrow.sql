-- Narrower tables and fewer indexes; what they hold is worked out anew from the readings.
DROP VIEW people_and_bodies;
DROP TABLE statement_entity;
-- Who makes a statement, and whom it is about.
CREATE TABLE statement_source (
    entity INTEGER NOT NULL REFERENCES entity,
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    PRIMARY KEY (entity, statement)
) WITHOUT ROWID;
CREATE INDEX statement_source_statement ON statement_source (statement);
CREATE TABLE statement_about (
    entity INTEGER NOT NULL REFERENCES entity,
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    PRIMARY KEY (entity, statement)
) WITHOUT ROWID;
CREATE INDEX statement_about_statement ON statement_about (statement);
CREATE VIEW statement_entity AS
    SELECT entity, 'source' AS role, statement FROM statement_source
    UNION ALL SELECT entity, 'about' AS role, statement FROM statement_about;
CREATE VIEW people_and_bodies AS
    SELECT entity.name, entity.kind, entity.country,
        (SELECT count(*) FROM statement_source WHERE statement_source.entity = entity.entity)
            AS statements,
        (SELECT count(*) FROM actor WHERE actor.entity = entity.entity) AS articles
    FROM entity WHERE merged IS NULL;

-- Statements that deny (or decline to say) something that other articles may assert, by the number of
-- their day; as with denied_key, "forget" makes the same rows again.
DROP TABLE denial;
CREATE TABLE denial (
    day INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (day, statement)
) WITHOUT ROWID;

-- Who takes part in an event is asked for by the event alone.
DROP TABLE event_entity;
CREATE TABLE event_entity (
    event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    role TEXT NOT NULL,
    entity INTEGER NOT NULL,
    PRIMARY KEY (event, role, entity)
) WITHOUT ROWID;
