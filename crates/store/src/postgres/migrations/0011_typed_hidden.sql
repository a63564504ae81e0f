-- Members who hide their wrong typed answers from others, and since when.
CREATE TABLE typed_hidden (
    member   BIGINT PRIMARY KEY,
    since_ms BIGINT NOT NULL
);
