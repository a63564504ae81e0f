-- What a place was asked, so small that all of it is read for every game: the questions, as numbers
-- made from their ids, in 256 pages, each question with the game that asked it last.
DROP INDEX asked_by_seq;
ALTER TABLE asked RENAME TO asked_by_row;

CREATE TABLE asked (
    place INTEGER NOT NULL,
    page  INTEGER NOT NULL,
    body  BLOB    NOT NULL,
    PRIMARY KEY (place, page)
) STRICT, WITHOUT ROWID;
