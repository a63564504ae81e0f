-- A server's seasons. Each is a board with a name, a start and an end. Only one runs at a time.
CREATE TABLE seasons (
    id           BIGINT PRIMARY KEY,             -- the interaction that opened it
    guild        BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    role         BIGINT,                         -- the role that the winners get, if any
    winners      BIGINT NOT NULL,                -- the lowest rank that wins
    opened_at_ms BIGINT NOT NULL,
    closed_at_ms BIGINT,                         -- NULL while it runs
    closed_by    BIGINT,                         -- the interaction that closed it
    route        TEXT,                           -- how to announce its end, as JSON of the caller
    told         BIGINT NOT NULL DEFAULT 0       -- 1: its end is announced; 2: its roles are settled, too
);

CREATE UNIQUE INDEX seasons_running ON seasons (guild) WHERE closed_at_ms IS NULL;
CREATE INDEX seasons_by_guild ON seasons (guild, opened_at_ms);
CREATE INDEX seasons_to_tell ON seasons (closed_at_ms) WHERE closed_at_ms IS NOT NULL AND told < 2;

-- The standings of a season when it closed.
CREATE TABLE season_places (
    season   BIGINT NOT NULL,
    player   BIGINT NOT NULL,
    rank     BIGINT NOT NULL,
    points   BIGINT NOT NULL,
    correct  BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (season, player)
);

CREATE INDEX season_places_by_rank ON season_places (season, rank, player);
CREATE INDEX season_places_by_player ON season_places (player);

-- The roles of winners: 'give', 'held', 'take', 'gone', or 'not given' and 'not taken' where Discord
-- refused, with Discord's code for why.
CREATE TABLE season_roles (
    season   BIGINT NOT NULL,
    player   BIGINT NOT NULL,
    role     BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    why      BIGINT,
    PRIMARY KEY (season, player)
);

CREATE INDEX season_roles_to_do ON season_roles (season, player) WHERE state IN ('give', 'take');
CREATE INDEX season_roles_by_player ON season_roles (player);
