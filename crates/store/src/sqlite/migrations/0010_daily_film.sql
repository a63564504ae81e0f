-- The film of each day that was asked for, with its clues: it stays as it is for everybody whatever
-- a later version would choose. Holds nothing of any member. A day is a number of days since 1970.
CREATE TABLE daily_films (
    day  INTEGER PRIMARY KEY,
    body TEXT    NOT NULL                        -- the film and its clues; the caller's own JSON
) STRICT;

-- Who has guessed at which day's film. The score is there once it is found or all guesses are used
-- up, and then the server where the last one was, if it was in one.
CREATE TABLE daily_film_attempts (
    user        INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    ended_at_ms INTEGER,
    score       INTEGER,
    guild       INTEGER,
    PRIMARY KEY (user, day)
) STRICT, WITHOUT ROWID;

-- How many of a server have which score.
CREATE INDEX daily_film_attempts_by_guild ON daily_film_attempts (guild, day, score)
    WHERE score IS NOT NULL;

-- The guesses of an attempt in their order. One that is empty has opened the next clue.
CREATE TABLE daily_film_guesses (
    user     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    guess    TEXT    NOT NULL,
    correct  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (user, day, position)
) STRICT, WITHOUT ROWID;

-- In which channels a member has shown a day's result: once in each.
CREATE TABLE daily_film_shares (
    user    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (user, day, channel)
) STRICT, WITHOUT ROWID;
