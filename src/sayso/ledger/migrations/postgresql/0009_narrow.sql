-- Narrower tables and fewer indexes; what they hold is worked out anew from the readings.
DROP VIEW people_and_bodies;
DROP TABLE statement_entity;
-- Who makes a statement, and whom it is about.
CREATE TABLE statement_source (
    entity BIGINT NOT NULL REFERENCES entity (entity),
    statement BIGINT NOT NULL REFERENCES statement (statement) ON DELETE CASCADE,
    PRIMARY KEY (entity, statement)
);
CREATE INDEX statement_source_statement ON statement_source (statement);
CREATE TABLE statement_about (
    entity BIGINT NOT NULL REFERENCES entity (entity),
    statement BIGINT NOT NULL REFERENCES statement (statement) ON DELETE CASCADE,
    PRIMARY KEY (entity, statement)
);
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
    day BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    PRIMARY KEY (day, statement)
);

-- Who takes part in an event is asked for by the event alone.
DROP INDEX event_entity_entity;
ALTER TABLE event_entity DROP CONSTRAINT event_entity_entity_fkey;
