-- The puzzle of each day on which somebody played, in full, so that it is the same for everybody even
-- if a later version would choose differently. No member's data. A day is counted from 1970.
CREATE TABLE daily_puzzles (
    day  INTEGER PRIMARY KEY,
    body TEXT    NOT NULL                        -- the questions, as JSON of the caller
) STRICT;

-- Who has begun which day's puzzle. The score is set once all its questions are answered; so is the
-- server where the last one was answered, if it was in a server.
CREATE TABLE daily_attempts (
    user        INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    begun_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    score       INTEGER,
    guild       INTEGER,
    PRIMARY KEY (user, day)
) STRICT, WITHOUT ROWID;

-- For the boards of a day: everybody's, and a server's.
CREATE INDEX daily_attempts_by_score ON daily_attempts (day, score DESC, user)
    WHERE score IS NOT NULL;
CREATE INDEX daily_attempts_by_guild ON daily_attempts (guild, day, score DESC, user)
    WHERE score IS NOT NULL;

-- One answer per member, day and question. The first one counts.
CREATE TABLE daily_answers (
    user     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    choice   INTEGER NOT NULL,
    correct  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (user, day, position)
) STRICT, WITHOUT ROWID;

-- Derived from the attempts: how many members have each score on a day's board. `scope` is a server,
-- or 0 for all.
CREATE TABLE daily_tallies (
    scope   INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    score   INTEGER NOT NULL,
    players INTEGER NOT NULL,
    PRIMARY KEY (scope, day, score)
) STRICT, WITHOUT ROWID;

-- Each member's streak of days. Derived from the attempts; stored so that reading it takes one row.
CREATE TABLE daily_streaks (
    user        INTEGER PRIMARY KEY,
    last_day    INTEGER NOT NULL,
    current_run INTEGER NOT NULL,
    best_run    INTEGER NOT NULL,
    days        INTEGER NOT NULL
) STRICT;

-- The channels in which a member has shared a day's result: once in each.
CREATE TABLE daily_shares (
    user    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (user, day, channel)
) STRICT, WITHOUT ROWID;
