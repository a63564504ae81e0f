-- Members who want their wrong typed answers kept from others, and since when.
CREATE TABLE typed_hidden (
    member   INTEGER PRIMARY KEY,
    since_ms INTEGER NOT NULL
) STRICT;
