-- When shards identify, or have, so that no two processes let theirs do it too near to each other:
-- in milliseconds since 1970 by this database's clock. `writer` is the process. It is no reference,
-- because an identify that was made counts also when its process has ended.
CREATE TABLE turns (
    shard       BIGINT NOT NULL,
    writer      BIGINT NOT NULL,
    earliest_ms BIGINT NOT NULL,
    latest_ms   BIGINT NOT NULL,
    PRIMARY KEY (shard, earliest_ms)
);
