-- How a chain's end gets into its channel: with what, since when it was tried, and whether it was
-- said. The chains of earlier versions are not announced any more.
ALTER TABLE chains ADD COLUMN route TEXT;
ALTER TABLE chains ADD COLUMN ending_at_ms BIGINT;
ALTER TABLE chains ADD COLUMN is_told BIGINT NOT NULL DEFAULT 0;
UPDATE chains SET ending_at_ms = at_ms, is_told = 1;

CREATE INDEX chains_to_tell ON chains (at_ms) WHERE is_told = 0;
