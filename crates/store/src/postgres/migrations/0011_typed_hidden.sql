-- Members who want their wrong typed answers kept from others, and since when.
CREATE TABLE typed_hidden (
    member   BIGINT PRIMARY KEY,
    since_ms BIGINT NOT NULL
);
