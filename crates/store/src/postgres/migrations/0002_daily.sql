-- The puzzle of each day that was asked for, whole: it stays as it is for everybody whatever a
-- later version would choose. Holds nothing of any member. A day is a number of days since 1970.
CREATE TABLE daily_puzzles (
    day  BIGINT PRIMARY KEY,
    body TEXT   NOT NULL                       -- the questions; the caller's own JSON
);

-- Who has begun which day's puzzle. The score is there once all its questions are answered, and
-- then the server where the last one was, if it was in one.
CREATE TABLE daily_attempts (
    player      BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    begun_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    score       BIGINT,
    guild       BIGINT,
    PRIMARY KEY (player, day)
);

-- The boards of a day: everybody's, and a server's.
CREATE INDEX daily_attempts_by_score ON daily_attempts (day, score DESC, player)
    WHERE score IS NOT NULL;
CREATE INDEX daily_attempts_by_guild ON daily_attempts (guild, day, score DESC, player)
    WHERE score IS NOT NULL;

-- One answer per member, day and question. The first one stays.
CREATE TABLE daily_answers (
    player   BIGINT NOT NULL,
    day      BIGINT NOT NULL,
    position BIGINT NOT NULL,
    choice   BIGINT NOT NULL,
    correct  BOOLEAN NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (player, day, position)
);

-- Derived from the attempts: how many members have each score on a day's board. Scope is a server,
-- or 0 for all.
CREATE TABLE daily_tallies (
    scope   BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    score   BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (scope, day, score)
);

-- Days on end, member by member: derived from the attempts, kept so that it costs one row.
CREATE TABLE daily_streaks (
    player      BIGINT PRIMARY KEY,
    last_day    BIGINT NOT NULL,
    current_run BIGINT NOT NULL,
    best_run    BIGINT NOT NULL,
    days        BIGINT NOT NULL
);

-- In which channels a member has shown a day's result: once in each.
CREATE TABLE daily_shares (
    player  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    PRIMARY KEY (player, day, channel)
);
