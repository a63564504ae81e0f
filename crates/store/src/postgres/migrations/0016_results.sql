-- Whether a game's result was sent to the operator's webhook: 0 not yet, 1 sent, 2 given up. How often
-- sending it failed, and when the next try is due.
ALTER TABLE games ADD COLUMN result_state BIGINT NOT NULL DEFAULT 0;
ALTER TABLE games ADD COLUMN result_tries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE games ADD COLUMN result_due_ms BIGINT NOT NULL DEFAULT 0;

CREATE INDEX games_to_tell ON games (started_at_ms, id) WHERE ended AND result_state = 0;
-- For a server's table of results: its games, in order.
CREATE INDEX games_by_guild ON games (guild, started_at_ms, id);
