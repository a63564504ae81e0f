-- When shards identify or last did, so that two processes never do it too close together. In
-- milliseconds since 1970, by this database's clock. `writer` is the process; it is not a foreign key,
-- because an identify still counts after its process has ended.
CREATE TABLE turns (
    shard       BIGINT NOT NULL,
    writer      BIGINT NOT NULL,
    earliest_ms BIGINT NOT NULL,
    latest_ms   BIGINT NOT NULL,
    PRIMARY KEY (shard, earliest_ms)
);
