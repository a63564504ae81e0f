-- The questions that a place was asked, small enough to read all of them for every game: as numbers
-- made from their ids, in 256 pages, each with the last game that asked it.
DROP INDEX asked_by_seq;
ALTER TABLE asked RENAME TO asked_by_row;

CREATE TABLE asked (
    place BIGINT NOT NULL,
    page  BIGINT NOT NULL,
    body  BYTEA  NOT NULL,
    PRIMARY KEY (place, page)
);
