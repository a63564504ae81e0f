-- The settings of servers, as JSON documents that the store does not read.
CREATE TABLE settings (
    guild INTEGER PRIMARY KEY,
    body  TEXT    NOT NULL
) STRICT;

-- The time zone whose days, weeks and months the game counts in on its server's leaderboards: an IANA
-- name, or NULL for UTC. Stored with each game, so that standings follow from the ledger alone.
ALTER TABLE games ADD COLUMN zone TEXT;
