-- Discord's ids are unsigned 64-bit numbers, stored as the signed numbers with the same bits.
-- Times are milliseconds since 1970 in UTC.

-- Every game ever played. Never deleted, so that its share code remains valid.
CREATE TABLE games (
    id            INTEGER PRIMARY KEY,
    code          TEXT    NOT NULL,
    guild         INTEGER,                       -- NULL in a direct message
    place         INTEGER NOT NULL,              -- whose question history it uses
    channel       INTEGER NOT NULL,
    starter       INTEGER NOT NULL,
    started_at_ms INTEGER NOT NULL,
    route         TEXT,                          -- how to reach the game's messages, as JSON of the host
    ended         INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX games_by_code ON games (code, started_at_ms, id);
-- At startup only the live games are read, however many have ended.
CREATE INDEX games_live ON games (id) WHERE ended = 0;

-- The events of each game, in order. They are replayed after a crash.
CREATE TABLE events (
    game INTEGER NOT NULL REFERENCES games (id),
    seq  INTEGER NOT NULL,
    body TEXT    NOT NULL,
    PRIMARY KEY (game, seq)
) STRICT, WITHOUT ROWID;

-- The ledger: one answer per player and round. Leaderboards are derived from it.
CREATE TABLE answers (
    game       INTEGER NOT NULL REFERENCES games (id),
    round      INTEGER NOT NULL,
    user       INTEGER NOT NULL,
    question   TEXT    NOT NULL,
    topic      TEXT    NOT NULL,
    choice     INTEGER NOT NULL,
    correct    INTEGER NOT NULL,
    points     INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    at_ms      INTEGER NOT NULL,
    PRIMARY KEY (game, round, user)
) STRICT, WITHOUT ROWID;

-- Rounds whose right answer has been shown. An answer counts in the standings from then on.
CREATE TABLE reveals (
    game  INTEGER NOT NULL REFERENCES games (id),
    round INTEGER NOT NULL,
    PRIMARY KEY (game, round)
) STRICT, WITHOUT ROWID;

-- When a place was last asked a question, as a counter that grows with each question asked there.
CREATE TABLE asked (
    place    INTEGER NOT NULL,
    question TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (place, question)
) STRICT, WITHOUT ROWID;

CREATE INDEX asked_by_seq ON asked (place, seq);

-- Derived: one row per player on each board. `scope` is a server, or 0 for all; `bucket` is a period.
CREATE TABLE standings (
    scope    INTEGER NOT NULL,
    bucket   INTEGER NOT NULL,
    user     INTEGER NOT NULL,
    points   INTEGER NOT NULL,
    correct  INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (scope, bucket, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX standings_by_points ON standings (scope, bucket, points DESC, user);

-- Derived: how many players of a board have points in a slot, at each level of coarseness.
CREATE TABLE tallies (
    scope   INTEGER NOT NULL,
    bucket  INTEGER NOT NULL,
    level   INTEGER NOT NULL,
    slot    INTEGER NOT NULL,
    players INTEGER NOT NULL,
    PRIMARY KEY (scope, bucket, level, slot)
) STRICT, WITHOUT ROWID;
