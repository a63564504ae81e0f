-- What members of a server say is wrong with a question: one report each, the latest.
CREATE TABLE reports (
    guild    INTEGER NOT NULL,
    question TEXT    NOT NULL,
    member   INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    note     TEXT    NOT NULL,                   -- in their own words; may be empty
    at_ms    INTEGER NOT NULL,
    PRIMARY KEY (guild, question, member)
) STRICT, WITHOUT ROWID;
