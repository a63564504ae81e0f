-- The film chain that a channel is playing, or played last. Earlier members of the chain are not kept.
CREATE TABLE chains (
    channel BIGINT PRIMARY KEY,
    guild   BIGINT NOT NULL,
    turn    BIGINT NOT NULL,           -- the interaction that named its last film
    player  BIGINT NOT NULL,           -- who named it
    rival   BIGINT,                    -- the other player, in a duel
    at_ms   BIGINT NOT NULL,
    films   BIGINT NOT NULL,
    body    TEXT   NOT NULL
);

CREATE INDEX chains_by_player ON chains (player);
CREATE INDEX chains_by_rival ON chains (rival);

-- The longest chain of each server.
CREATE TABLE chain_records (
    guild BIGINT PRIMARY KEY,
    films BIGINT NOT NULL,
    at_ms BIGINT NOT NULL
);
