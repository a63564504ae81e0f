-- Members who hide their wrong typed answers from others, and since when.
CREATE TABLE typed_hidden (
    member   INTEGER PRIMARY KEY,
    since_ms INTEGER NOT NULL
) STRICT;
