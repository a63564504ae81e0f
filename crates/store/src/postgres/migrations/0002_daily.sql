-- The puzzle of each day on which somebody played, in full, so that it is the same for everybody even
-- if a later version would choose differently. No member's data. A day is counted from 1970.
CREATE TABLE daily_puzzles (
    day  BIGINT PRIMARY KEY,
    body TEXT   NOT NULL                       -- the questions, as JSON of the caller
);

-- Who has begun which day's puzzle. The score is set once all its questions are answered; so is the
-- server where the last one was answered, if it was in a server.
CREATE TABLE daily_attempts (
    player      BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    begun_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    score       BIGINT,
    guild       BIGINT,
    PRIMARY KEY (player, day)
);

-- For the boards of a day: everybody's, and a server's.
CREATE INDEX daily_attempts_by_score ON daily_attempts (day, score DESC, player)
    WHERE score IS NOT NULL;
CREATE INDEX daily_attempts_by_guild ON daily_attempts (guild, day, score DESC, player)
    WHERE score IS NOT NULL;

-- One answer per member, day and question. The first one counts.
CREATE TABLE daily_answers (
    player   BIGINT NOT NULL,
    day      BIGINT NOT NULL,
    position BIGINT NOT NULL,
    choice   BIGINT NOT NULL,
    correct  BOOLEAN NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (player, day, position)
);

-- Derived from the attempts: how many members have each score on a day's board. `scope` is a server,
-- or 0 for all.
CREATE TABLE daily_tallies (
    scope   BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    score   BIGINT NOT NULL,
    players BIGINT NOT NULL,
    PRIMARY KEY (scope, day, score)
);

-- Each member's streak of days. Derived from the attempts; stored so that reading it takes one row.
CREATE TABLE daily_streaks (
    player      BIGINT PRIMARY KEY,
    last_day    BIGINT NOT NULL,
    current_run BIGINT NOT NULL,
    best_run    BIGINT NOT NULL,
    days        BIGINT NOT NULL
);

-- The channels in which a member has shared a day's result: once in each.
CREATE TABLE daily_shares (
    player  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    PRIMARY KEY (player, day, channel)
);
