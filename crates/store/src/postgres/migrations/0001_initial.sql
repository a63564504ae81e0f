-- Ids of Discord are unsigned 64-bit numbers; they are kept as the signed number of the same bits.
-- Times are milliseconds since 1970 in UTC, but for leases, which go by this database's clock.

-- Every game ever played. Never deleted, so that its share code stays good.
CREATE TABLE games (
    id            BIGINT  PRIMARY KEY,
    code          TEXT    NOT NULL,
    guild         BIGINT,                        -- NULL in a direct message
    place         BIGINT  NOT NULL,              -- whose question history counts
    channel       BIGINT  NOT NULL,
    starter       BIGINT  NOT NULL,
    started_at_ms BIGINT  NOT NULL,
    next_seq      BIGINT,                        -- the number of the next event; NULL before the first
    route         TEXT,                          -- how to reach the game's messages; the host's own JSON
    ended         BOOLEAN NOT NULL DEFAULT false
);

CREATE INDEX games_by_code ON games (code, started_at_ms, id);
-- Start-up asks for the live games only, however many have ended.
CREATE INDEX games_live ON games (id) WHERE NOT ended;

-- What happened in a game, in order: replayed after a crash.
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

-- When a place was last asked a question: a number that grows with the questions asked there.
CREATE TABLE asked (
    place    BIGINT NOT NULL,
    question TEXT   NOT NULL,
    seq      BIGINT NOT NULL,
    PRIMARY KEY (place, question)
);

CREATE INDEX asked_by_seq ON asked (place, seq);

-- Derived: one row per player on each board. Scope is a guild, or 0 for all; bucket is a period.
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

-- Derived: how many players of a board have points in a slot, at each level of coarseness. Every
-- process counts in a stripe of its own, so that they do not wait for each other at the slots
-- where everybody begins; the stripes' sum is the number, and a single stripe may be negative.
CREATE TABLE tallies (
    scope   BIGINT NOT NULL,
    bucket  BIGINT NOT NULL,
    level   BIGINT NOT NULL,
    slot    BIGINT NOT NULL,
    stripe  BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (scope, bucket, level, slot, stripe)
);

-- Question packs of single servers, whole as their JSON document.
CREATE TABLE packs (
    guild       BIGINT NOT NULL,
    id          TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    added_by    BIGINT NOT NULL,
    added_at_ms BIGINT NOT NULL,
    PRIMARY KEY (guild, id)
);

-- The processes at work. Each transaction of one updates its own row here, first of all: without
-- the row it stores nothing, so deleting the row shuts the process out. `batch` is the number of
-- its last transaction, by which it learns whether one was committed whose confirmation was lost.
CREATE TABLE writers (
    id         BIGINT      PRIMARY KEY,
    batch      BIGINT      NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);

-- Which process plays the games of which shard.
CREATE TABLE shards (
    shard  BIGINT PRIMARY KEY,
    total  BIGINT NOT NULL,
    writer BIGINT NOT NULL REFERENCES writers (id) ON DELETE CASCADE
);
