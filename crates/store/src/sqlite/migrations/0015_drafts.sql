-- Questions that members write in Discord: those with mistakes still to correct, and suggestions that
-- wait for a manager's decision.
CREATE TABLE drafts (
    id        INTEGER PRIMARY KEY,               -- the interaction that sent it
    guild     INTEGER NOT NULL,
    author    INTEGER NOT NULL,
    body      TEXT    NOT NULL,                  -- JSON of the caller
    suggested INTEGER NOT NULL,                  -- 1 if it waits for a decision
    at_ms     INTEGER NOT NULL
) STRICT;

CREATE INDEX drafts_by_guild ON drafts (guild, suggested, id);
CREATE INDEX drafts_by_author ON drafts (author);

-- When a pack was removed. For a while it can be restored.
ALTER TABLE packs ADD COLUMN removed_at_ms INTEGER;
