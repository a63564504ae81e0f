-- Who takes part in which game: everybody named in its events or answers. With it, a member's games
-- are found without reading those of others.
CREATE TABLE participants (
    member INTEGER NOT NULL,
    game   INTEGER NOT NULL REFERENCES games (id),
    PRIMARY KEY (member, game)
) STRICT, WITHOUT ROWID;

INSERT INTO participants (member, game)
SELECT starter, id FROM games
UNION SELECT user, game FROM answers
UNION SELECT body ->> '$.user', game FROM events WHERE body ->> '$.user' IS NOT NULL
UNION SELECT body ->> '$.by', game FROM events WHERE body ->> '$.by' IS NOT NULL
UNION SELECT body ->> '$.settings.opponent', game FROM events
      WHERE body ->> '$.settings.opponent' IS NOT NULL
UNION SELECT u.value, e.game FROM events e, json_each(e.body, '$.users') u;

-- For finding a member's other rows.
CREATE INDEX reports_by_member ON reports (member);
CREATE INDEX packs_by_member ON packs (added_by);
