-- Looking up a game's last event compares rows on the way, and SQLite reads a row in full to compare it
-- if it does not fit on one page. A game's first event is as long as all its questions. So long bodies
-- have a table of their own, and every row here is short.
ALTER TABLE events RENAME TO event_rows;         -- the body is empty if it is in the other table

CREATE TABLE long_events (
    game INTEGER NOT NULL REFERENCES games (id),
    seq  INTEGER NOT NULL,
    body TEXT    NOT NULL,
    PRIMARY KEY (game, seq)
) STRICT;

INSERT INTO long_events (game, seq, body)
SELECT game, seq, body FROM event_rows WHERE octet_length(body) > 500;
UPDATE event_rows SET body = '' WHERE octet_length(body) > 500;

-- The events of each game in order, with their bodies, as before.
CREATE VIEW events (game, seq, body) AS
SELECT e.game, e.seq, coalesce(l.body, e.body)
FROM event_rows e
LEFT JOIN long_events l ON l.game = e.game AND l.seq = e.seq AND e.body = '';

CREATE TRIGGER events_insert INSTEAD OF INSERT ON events
BEGIN
    INSERT INTO long_events (game, seq, body)
    SELECT new.game, new.seq, new.body WHERE octet_length(new.body) > 500;
    INSERT INTO event_rows (game, seq, body)
    VALUES (new.game, new.seq, iif(octet_length(new.body) > 500, '', new.body));
END;

CREATE TRIGGER events_update INSTEAD OF UPDATE OF body ON events
BEGIN
    UPDATE long_events SET body = new.body WHERE game = old.game AND seq = old.seq;
    UPDATE event_rows SET body = new.body
    WHERE game = old.game AND seq = old.seq AND body <> '';
END;
