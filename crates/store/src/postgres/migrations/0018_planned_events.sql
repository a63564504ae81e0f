-- Who hosts a planned quiz. A column, so that a member can be removed from it.
ALTER TABLE schedule ADD COLUMN host BIGINT;

-- The events in servers' lists at Discord that announce times of entries. A row outlives its entry
-- until the event is deleted at Discord. No member's data.
CREATE TABLE planned_events (
    entry       BIGINT NOT NULL,
    due_at_ms   BIGINT NOT NULL,
    guild       BIGINT NOT NULL,
    asked_at_ms BIGINT,                           -- when Discord was last asked to create it
    place       TEXT,                             -- the place it names, as requested
    event       BIGINT,                           -- its id, once known
    refused     BIGINT,                           -- Discord's code for why it does not create it
    wanted      BOOLEAN NOT NULL DEFAULT TRUE,    -- false: to be deleted
    PRIMARY KEY (entry, due_at_ms)
);

CREATE INDEX planned_events_by_guild ON planned_events (guild);
-- What remains to be done.
CREATE INDEX planned_events_open ON planned_events (due_at_ms) WHERE NOT wanted OR event IS NULL;
