-- How each machine spent each clock hour (UTC), in ticks of 100 ns, and the pieces it made. An hour that is not here is not known.
CREATE TABLE machine_hours (
    party      TEXT    NOT NULL,
    machine    TEXT    NOT NULL,
    hour       INTEGER NOT NULL,
    running    INTEGER NOT NULL,
    idle       INTEGER NOT NULL,
    down       INTEGER NOT NULL,
    changeover INTEGER NOT NULL,
    no_data    INTEGER NOT NULL,
    good       INTEGER NOT NULL,
    bad        INTEGER NOT NULL,
    PRIMARY KEY (party, machine, hour)
) STRICT;

-- Never written to.
DROP TABLE machine_rollups;
DROP TABLE feature_rollups;
DROP TABLE eta_sources;
