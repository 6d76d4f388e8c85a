-- How often articles name an entity, how many statements it makes and how many are about it, so that
-- the list of actors is not counted each time.
ALTER TABLE entity ADD COLUMN articles INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN said INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
UPDATE entity SET
    articles = (SELECT count(*) FROM actor WHERE actor.entity = entity.entity),
    said = (SELECT count(*) FROM statement_source AS held WHERE held.entity = entity.entity),
    about = (SELECT count(*) FROM statement_about AS held WHERE held.entity = entity.entity);
CREATE TRIGGER actor_named AFTER INSERT ON actor BEGIN
    UPDATE entity SET articles = articles + 1 WHERE entity = new.entity;
END;
CREATE TRIGGER actor_gone AFTER DELETE ON actor BEGIN
    UPDATE entity SET articles = articles - 1 WHERE entity = old.entity;
END;
CREATE TRIGGER actor_led AFTER UPDATE OF entity ON actor BEGIN
    UPDATE entity SET articles = articles - 1 WHERE entity = old.entity;
    UPDATE entity SET articles = articles + 1 WHERE entity = new.entity;
END;
CREATE TRIGGER source_added AFTER INSERT ON statement_source BEGIN
    UPDATE entity SET said = said + 1 WHERE entity = new.entity;
END;
CREATE TRIGGER source_gone AFTER DELETE ON statement_source BEGIN
    UPDATE entity SET said = said - 1 WHERE entity = old.entity;
END;
CREATE TRIGGER about_added AFTER INSERT ON statement_about BEGIN
    UPDATE entity SET about = about + 1 WHERE entity = new.entity;
END;
CREATE TRIGGER about_gone AFTER DELETE ON statement_about BEGIN
    UPDATE entity SET about = about - 1 WHERE entity = old.entity;
END;
