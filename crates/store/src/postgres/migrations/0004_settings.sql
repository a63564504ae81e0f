-- What servers have settled, each one JSON document that the store does not read.
CREATE TABLE settings (
    guild BIGINT PRIMARY KEY,
    body  TEXT   NOT NULL
);

-- Whose days, weeks and months the game's answers count in on its server's leaderboards: an IANA
-- name, or NULL for UTC. Noted with each game, so that standings follow from the ledger alone.
ALTER TABLE games ADD COLUMN zone TEXT;
