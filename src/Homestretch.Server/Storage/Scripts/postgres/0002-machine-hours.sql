-- How each machine spent each clock hour (UTC), in ticks of 100 ns, and the pieces it made. An hour that is not here is not known.
CREATE TABLE machine_hours (
    party      TEXT NOT NULL,
    machine    TEXT NOT NULL,
    hour       BIGINT NOT NULL,
    running    BIGINT NOT NULL,
    idle       BIGINT NOT NULL,
    down       BIGINT NOT NULL,
    changeover BIGINT NOT NULL,
    no_data    BIGINT NOT NULL,
    good       BIGINT NOT NULL,
    bad        BIGINT NOT NULL,
    PRIMARY KEY (party, machine, hour)
);

-- Never written to.
DROP TABLE machine_rollups;
DROP TABLE feature_rollups;
DROP TABLE eta_sources;
