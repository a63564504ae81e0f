-- What members of a server say is wrong with a question. Only each member's latest report is kept.
CREATE TABLE reports (
    guild    BIGINT NOT NULL,
    question TEXT   NOT NULL,
    member   BIGINT NOT NULL,
    reason   TEXT   NOT NULL,
    note     TEXT   NOT NULL,                    -- in the member's own words; may be empty
    at_ms    BIGINT NOT NULL,
    PRIMARY KEY (guild, question, member)
);
