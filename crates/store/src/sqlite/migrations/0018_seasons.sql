-- A server's seasons. Each is a board with a name, a start and an end. Only one runs at a time.
CREATE TABLE seasons (
    id           INTEGER PRIMARY KEY,            -- the interaction that opened it
    guild        INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    role         INTEGER,                        -- the role that the winners get, if any
    winners      INTEGER NOT NULL,               -- the lowest rank that wins
    opened_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER,                        -- NULL while it runs
    closed_by    INTEGER,                        -- the interaction that closed it
    route        TEXT,                           -- how to announce its end, as JSON of the caller
    told         INTEGER NOT NULL DEFAULT 0      -- 1: its end is announced; 2: its roles are settled, too
) STRICT;

CREATE UNIQUE INDEX seasons_running ON seasons (guild) WHERE closed_at_ms IS NULL;
CREATE INDEX seasons_by_guild ON seasons (guild, opened_at_ms);
CREATE INDEX seasons_to_tell ON seasons (closed_at_ms) WHERE closed_at_ms IS NOT NULL AND told < 2;

-- The standings of a season when it closed.
CREATE TABLE season_places (
    season   INTEGER NOT NULL,
    user     INTEGER NOT NULL,
    rank     INTEGER NOT NULL,
    points   INTEGER NOT NULL,
    correct  INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (season, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX season_places_by_rank ON season_places (season, rank, user);
CREATE INDEX season_places_by_user ON season_places (user);

-- The roles of winners: 'give', 'held', 'take', 'gone', or 'not given' and 'not taken' where Discord
-- refused, with Discord's code for why.
CREATE TABLE season_roles (
    season INTEGER NOT NULL,
    user   INTEGER NOT NULL,
    role   INTEGER NOT NULL,
    state  TEXT    NOT NULL,
    why    INTEGER,
    PRIMARY KEY (season, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX season_roles_to_do ON season_roles (season, user) WHERE state IN ('give', 'take');
CREATE INDEX season_roles_by_user ON season_roles (user);
