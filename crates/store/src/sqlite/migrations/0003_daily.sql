-- The puzzle of each day that was asked for, whole: it stays as it is for everybody whatever a
-- later version would choose. Holds nothing of any member. A day is a number of days since 1970.
CREATE TABLE daily_puzzles (
    day  INTEGER PRIMARY KEY,
    body TEXT    NOT NULL                        -- the questions; the caller's own JSON
) STRICT;

-- Who has begun which day's puzzle. The score is there once all its questions are answered, and
-- then the server where the last one was, if it was in one.
CREATE TABLE daily_attempts (
    user        INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    begun_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    score       INTEGER,
    guild       INTEGER,
    PRIMARY KEY (user, day)
) STRICT, WITHOUT ROWID;

-- The boards of a day: everybody's, and a server's.
CREATE INDEX daily_attempts_by_score ON daily_attempts (day, score DESC, user)
    WHERE score IS NOT NULL;
CREATE INDEX daily_attempts_by_guild ON daily_attempts (guild, day, score DESC, user)
    WHERE score IS NOT NULL;

-- One answer per member, day and question. The first one stays.
CREATE TABLE daily_answers (
    user     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    choice   INTEGER NOT NULL,
    correct  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (user, day, position)
) STRICT, WITHOUT ROWID;

-- Derived from the attempts: how many members have each score on a day's board. Scope is a server,
-- or 0 for all.
CREATE TABLE daily_tallies (
    scope   INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    score   INTEGER NOT NULL,
    players INTEGER NOT NULL,
    PRIMARY KEY (scope, day, score)
) STRICT, WITHOUT ROWID;

-- Days on end, member by member: derived from the attempts, kept so that it costs one row.
CREATE TABLE daily_streaks (
    user        INTEGER PRIMARY KEY,
    last_day    INTEGER NOT NULL,
    current_run INTEGER NOT NULL,
    best_run    INTEGER NOT NULL,
    days        INTEGER NOT NULL
) STRICT;

-- In which channels a member has shown a day's result: once in each.
CREATE TABLE daily_shares (
    user    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (user, day, channel)
) STRICT, WITHOUT ROWID;
