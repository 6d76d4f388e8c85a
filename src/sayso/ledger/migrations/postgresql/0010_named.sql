-- How often articles name an entity, how many statements it makes and how many are about it, so that
-- the list of actors is not counted each time.
ALTER TABLE entity ADD COLUMN articles BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN said BIGINT NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN about BIGINT NOT NULL DEFAULT 0;
UPDATE entity SET
    articles = (SELECT count(*) FROM actor WHERE actor.entity = entity.entity),
    said = (SELECT count(*) FROM statement_source AS held WHERE held.entity = entity.entity),
    about = (SELECT count(*) FROM statement_about AS held WHERE held.entity = entity.entity);
-- The argument is the column that counts the rows of the table.
CREATE FUNCTION count_of_entity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('UPDATE entity SET %I = %I - 1 WHERE entity = $1', TG_ARGV[0], TG_ARGV[0])
            USING old.entity;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('UPDATE entity SET %I = %I + 1 WHERE entity = $1', TG_ARGV[0], TG_ARGV[0])
            USING new.entity;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER actor_named AFTER INSERT OR DELETE OR UPDATE OF entity ON actor
    FOR EACH ROW EXECUTE FUNCTION count_of_entity('articles');
CREATE TRIGGER source_named AFTER INSERT OR DELETE ON statement_source
    FOR EACH ROW EXECUTE FUNCTION count_of_entity('said');
CREATE TRIGGER about_named AFTER INSERT OR DELETE ON statement_about
    FOR EACH ROW EXECUTE FUNCTION count_of_entity('about');
