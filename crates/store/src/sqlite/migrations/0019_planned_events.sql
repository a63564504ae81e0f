-- Who hosts a planned quiz. A column, so that a member can be removed from it.
ALTER TABLE schedule ADD COLUMN host INTEGER;

-- The events in servers' lists at Discord that announce times of entries. A row outlives its entry
-- until the event is deleted at Discord. No member's data.
CREATE TABLE planned_events (
    entry       INTEGER NOT NULL,
    due_at_ms   INTEGER NOT NULL,
    guild       INTEGER NOT NULL,
    asked_at_ms INTEGER,                          -- when Discord was last asked to create it
    place       TEXT,                             -- the place it names, as requested
    event       INTEGER,                          -- its id, once known
    refused     INTEGER,                          -- Discord's code for why it does not create it
    wanted      INTEGER NOT NULL DEFAULT 1,       -- 0: to be deleted
    PRIMARY KEY (entry, due_at_ms)
) STRICT, WITHOUT ROWID;

CREATE INDEX planned_events_by_guild ON planned_events (guild);
-- What remains to be done.
CREATE INDEX planned_events_open ON planned_events (due_at_ms) WHERE wanted = 0 OR event IS NULL;
