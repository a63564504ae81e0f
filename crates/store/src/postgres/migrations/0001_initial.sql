-- Discord's ids are unsigned 64-bit numbers, stored as the signed numbers with the same bits.
-- Times are milliseconds since 1970 in UTC, except in leases, which use this database's clock.

-- Every game ever played. Never deleted, so that its share code remains valid.
CREATE TABLE games (
    id            BIGINT  PRIMARY KEY,
    code          TEXT    NOT NULL,
    guild         BIGINT,                        -- NULL in a direct message
    place         BIGINT  NOT NULL,              -- whose question history it uses
    channel       BIGINT  NOT NULL,
    starter       BIGINT  NOT NULL,
    started_at_ms BIGINT  NOT NULL,
    next_seq      BIGINT,                        -- the number of the next event; NULL before the first
    route         TEXT,                          -- how to reach the game's messages, as JSON of the host
    ended         BOOLEAN NOT NULL DEFAULT false
);

CREATE INDEX games_by_code ON games (code, started_at_ms, id);
-- At startup only the live games are read, however many have ended.
CREATE INDEX games_live ON games (id) WHERE NOT ended;

-- The events of each game, in order. They are replayed after a crash.
CREATE TABLE events (
    game BIGINT NOT NULL REFERENCES games (id),
    seq  BIGINT NOT NULL,
    body TEXT   NOT NULL,
    PRIMARY KEY (game, seq)
);

-- The ledger: one answer per player and round. Leaderboards are derived from it.
CREATE TABLE answers (
    game       BIGINT  NOT NULL REFERENCES games (id),
    round      BIGINT  NOT NULL,
    player     BIGINT  NOT NULL,
    question   TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    choice     BIGINT  NOT NULL,
    correct    BOOLEAN NOT NULL,
    points     BIGINT  NOT NULL,
    elapsed_ms BIGINT  NOT NULL,
    at_ms      BIGINT  NOT NULL,
    PRIMARY KEY (game, round, player)
);

-- Rounds whose right answer has been shown. An answer counts in the standings from then on.
CREATE TABLE reveals (
    game  BIGINT NOT NULL REFERENCES games (id),
    round BIGINT NOT NULL,
    PRIMARY KEY (game, round)
);

-- When a place was last asked a question, as a counter that grows with each question asked there.
CREATE TABLE asked (
    place    BIGINT NOT NULL,
    question TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    PRIMARY KEY (place, question)
);

CREATE INDEX asked_by_seq ON asked (place, seq);

-- Derived: one row per player on each board. `scope` is a server, or 0 for all; `bucket` is a period.
CREATE TABLE standings (
    scope    BIGINT NOT NULL,
    bucket   BIGINT NOT NULL,
    player   BIGINT NOT NULL,
    points   BIGINT NOT NULL,
    correct  BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (scope, bucket, player)
);

CREATE INDEX standings_by_points ON standings (scope, bucket, points DESC, player);

-- Derived: how many players of a board have points in a slot, at each level of coarseness. Each
-- process counts in its own stripe, so that processes do not wait for each other at the slots where
-- everybody begins. The number of players is the sum of the stripes; one stripe may be negative.
CREATE TABLE tallies (
    scope   BIGINT NOT NULL,
    bucket  BIGINT NOT NULL,
    level   BIGINT NOT NULL,
    slot    BIGINT NOT NULL,
    stripe  BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (scope, bucket, level, slot, stripe)
);

-- The question packs of single servers, as JSON documents.
CREATE TABLE packs (
    guild       BIGINT NOT NULL,
    id          TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    added_by    BIGINT NOT NULL,
    added_at_ms BIGINT NOT NULL,
    PRIMARY KEY (guild, id)
);

-- The running processes. Each transaction begins by updating its process's row here. Without the row
-- it stores nothing, so deleting the row shuts the process out. `batch` is the number of the last
-- transaction: if its confirmation was lost, the process learns here whether it was committed.
CREATE TABLE writers (
    id         BIGINT      PRIMARY KEY,
    batch      BIGINT      NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

-- Which process runs the games of which shard.
CREATE TABLE shards (
    shard  BIGINT PRIMARY KEY,
    total  BIGINT NOT NULL,
    writer BIGINT NOT NULL REFERENCES writers (id) ON DELETE CASCADE
);
