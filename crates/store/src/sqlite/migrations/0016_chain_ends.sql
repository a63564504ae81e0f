-- How to announce a chain's end: the route to its channel, since when it has been tried, and whether
-- it is announced. Chains of earlier versions are not announced any more.
ALTER TABLE chains ADD COLUMN route TEXT;
ALTER TABLE chains ADD COLUMN ending_at_ms INTEGER;
ALTER TABLE chains ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;
UPDATE chains SET ending_at_ms = at_ms, is_told = 1;

CREATE INDEX chains_to_tell ON chains (at_ms) WHERE is_told = 0;
