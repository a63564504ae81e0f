-- The film of each day on which somebody played, with its clues, so that it is the same for everybody
-- even if a later version would choose differently. No member's data. A day is counted from 1970.
CREATE TABLE daily_films (
    day  INTEGER PRIMARY KEY,
    body TEXT    NOT NULL                        -- the film and its clues, as JSON of the caller
) STRICT;

-- Who has guessed at which day's film. The score is set once the film is found or all guesses are
-- used; so is the server where the last guess was made, if it was in a server.
CREATE TABLE daily_film_attempts (
    user        INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    ended_at_ms INTEGER,
    score       INTEGER,
    guild       INTEGER,
    PRIMARY KEY (user, day)
) STRICT, WITHOUT ROWID;

-- For counting a server's members by score.
CREATE INDEX daily_film_attempts_by_guild ON daily_film_attempts (guild, day, score)
    WHERE score IS NOT NULL;

-- The guesses of an attempt, in order. An empty one opened the next clue.
CREATE TABLE daily_film_guesses (
    user     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    position INTEGER NOT NULL,
    guess    TEXT    NOT NULL,
    correct  INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (user, day, position)
) STRICT, WITHOUT ROWID;

-- The channels in which a member has shared a day's result: once in each.
CREATE TABLE daily_film_shares (
    user    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    PRIMARY KEY (user, day, channel)
) STRICT, WITHOUT ROWID;
