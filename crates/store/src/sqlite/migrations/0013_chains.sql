-- The film chain that a channel is playing, or played last. Earlier members of the chain are not kept.
CREATE TABLE chains (
    channel INTEGER PRIMARY KEY,
    guild   INTEGER NOT NULL,
    turn    INTEGER NOT NULL,          -- the interaction that named its last film
    user    INTEGER NOT NULL,          -- who named it
    rival   INTEGER,                   -- the other player, in a duel
    at_ms   INTEGER NOT NULL,
    films   INTEGER NOT NULL,
    body    TEXT    NOT NULL
) STRICT;

CREATE INDEX chains_by_user ON chains (user);
CREATE INDEX chains_by_rival ON chains (rival);

-- The longest chain of each server.
CREATE TABLE chain_records (
    guild INTEGER PRIMARY KEY,
    films INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
) STRICT;
