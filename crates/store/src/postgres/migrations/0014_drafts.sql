-- Questions that members write in Discord: not right yet, or suggested and waiting for the word of
-- somebody who manages the server.
CREATE TABLE drafts (
    id        BIGINT PRIMARY KEY,               -- of the interaction that brought it
    guild     BIGINT NOT NULL,
    author    BIGINT NOT NULL,
    body      TEXT   NOT NULL,                  -- the caller's own JSON
    suggested BIGINT NOT NULL,                  -- 1 if it waits for a word
    at_ms     BIGINT NOT NULL
);

CREATE INDEX drafts_by_guild ON drafts (guild, suggested, id);
CREATE INDEX drafts_by_author ON drafts (author);

-- When a pack was removed: it can be had back for a while.
ALTER TABLE packs ADD COLUMN removed_at_ms BIGINT;
