-- The file of actors (--actors) that an article was read with.
ALTER TABLE article ADD COLUMN actors TEXT REFERENCES evidence (sha256);
