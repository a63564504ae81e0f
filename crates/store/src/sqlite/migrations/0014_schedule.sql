-- What servers have scheduled. No member's data: an entry belongs to its server.
CREATE TABLE schedule (
    id         INTEGER PRIMARY KEY,              -- the interaction that added it
    guild      INTEGER NOT NULL,
    body       TEXT    NOT NULL,                 -- what and when, as JSON of the caller
    next_at_ms INTEGER NOT NULL                  -- when it is next due
) STRICT;

CREATE INDEX schedule_by_guild ON schedule (guild, next_at_ms);
CREATE INDEX schedule_by_time ON schedule (next_at_ms);

-- The times of an entry that a process has taken, each once, and the outcome of those that are done.
CREATE TABLE schedule_runs (
    entry       INTEGER NOT NULL,
    due_at_ms   INTEGER NOT NULL,
    began_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER,
    outcome     TEXT,
    PRIMARY KEY (entry, due_at_ms)
) STRICT, WITHOUT ROWID;
