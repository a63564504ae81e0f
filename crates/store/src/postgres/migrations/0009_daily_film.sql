-- The film of each day on which somebody played, with its clues, so that it is the same for everybody
-- even if a later version would choose differently. No member's data. A day is counted from 1970.
CREATE TABLE daily_films (
    day  BIGINT PRIMARY KEY,
    body TEXT   NOT NULL                        -- the film and its clues, as JSON of the caller
);

-- Who has guessed at which day's film. The score is set once the film is found or all guesses are
-- used; so is the server where the last guess was made, if it was in a server.
CREATE TABLE daily_film_attempts (
    player      BIGINT NOT NULL,
    day         BIGINT NOT NULL,
    ended_at_ms BIGINT,
    score       BIGINT,
    guild       BIGINT,
    PRIMARY KEY (player, day)
);

-- For counting a server's members by score.
CREATE INDEX daily_film_attempts_by_guild ON daily_film_attempts (guild, day, score)
    WHERE score IS NOT NULL;

-- The guesses of an attempt, in order. An empty one opened the next clue.
CREATE TABLE daily_film_guesses (
    player   BIGINT NOT NULL,
    day      BIGINT NOT NULL,
    position BIGINT NOT NULL,
    guess    TEXT   NOT NULL,
    correct  BOOLEAN NOT NULL,
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (player, day, position)
);

-- The channels in which a member has shared a day's result: once in each.
CREATE TABLE daily_film_shares (
    player  BIGINT NOT NULL,
    day     BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    PRIMARY KEY (player, day, channel)
);
