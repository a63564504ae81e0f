-- What servers have planned. Holds nothing of any member: an entry belongs to its server.
CREATE TABLE schedule (
    id         BIGINT PRIMARY KEY,               -- of the interaction that added it
    guild      BIGINT NOT NULL,
    body       TEXT   NOT NULL,                  -- what and when; the caller's own JSON
    next_at_ms BIGINT NOT NULL                   -- when it is due next
);

CREATE INDEX schedule_by_guild ON schedule (guild, next_at_ms);
CREATE INDEX schedule_by_time ON schedule (next_at_ms);

-- The times of an entry that were taken on, each once, and what came of those that are settled.
CREATE TABLE schedule_runs (
    entry       BIGINT NOT NULL,
    due_at_ms   BIGINT NOT NULL,
    began_at_ms BIGINT NOT NULL,
    ended_at_ms BIGINT,
    outcome     TEXT,
    PRIMARY KEY (entry, due_at_ms)
);
