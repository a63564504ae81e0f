-- The question packs of single servers, as JSON documents.
CREATE TABLE packs (
    guild       INTEGER NOT NULL,
    id          TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    added_by    INTEGER NOT NULL,
    added_at_ms INTEGER NOT NULL,
    PRIMARY KEY (guild, id)
) STRICT;
