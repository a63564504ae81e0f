-- Who takes part in which game: everybody named in its events or answers. With it, a member's games
-- are found without reading those of others.
CREATE TABLE participants (
    member BIGINT NOT NULL,
    game   BIGINT NOT NULL REFERENCES games (id),
    PRIMARY KEY (member, game)
);

INSERT INTO participants (member, game)
SELECT starter, id FROM games
UNION SELECT player, game FROM answers
UNION SELECT (body::jsonb ->> 'user')::bigint, game FROM events
      WHERE body::jsonb ->> 'user' IS NOT NULL
UNION SELECT (body::jsonb ->> 'by')::bigint, game FROM events
      WHERE body::jsonb ->> 'by' IS NOT NULL
UNION SELECT (body::jsonb -> 'settings' ->> 'opponent')::bigint, game FROM events
      WHERE body::jsonb -> 'settings' ->> 'opponent' IS NOT NULL
UNION SELECT u::bigint, e.game
      FROM events e, jsonb_array_elements_text(e.body::jsonb -> 'users') AS u
      WHERE jsonb_typeof(e.body::jsonb -> 'users') = 'array';

-- For finding a member's other rows.
CREATE INDEX reports_by_member ON reports (member);
CREATE INDEX packs_by_member ON packs (added_by);
