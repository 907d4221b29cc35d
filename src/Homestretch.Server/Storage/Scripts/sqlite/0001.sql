-- The journal: append-only, one row an entry; chain links each row to the one before.
CREATE TABLE journal (
    sequence    INTEGER NOT NULL PRIMARY KEY,
    appended    INTEGER NOT NULL,
    kind        TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    party       TEXT    NOT NULL,
    key         TEXT    NULL,
    body        BLOB    NOT NULL,
    chain       BLOB    NOT NULL
);
CREATE UNIQUE INDEX journal_key ON journal (key) WHERE key IS NOT NULL;

-- One row: who may append.
CREATE TABLE lease (
    id          INTEGER NOT NULL PRIMARY KEY,
    epoch       INTEGER NOT NULL
);
INSERT INTO lease (id, epoch) VALUES (1, 0);

CREATE TABLE accounts (
    login       TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    party       TEXT    NOT NULL,
    password    TEXT    NULL,
    disabled    INTEGER NOT NULL,
    created     INTEGER NOT NULL
);

-- API tokens and one-time links; only the SHA-256 of the secret is kept.
CREATE TABLE tokens (
    hash        BLOB    NOT NULL PRIMARY KEY,
    login       TEXT    NULL,
    purpose     TEXT    NOT NULL,
    expires     INTEGER NOT NULL,
    used        INTEGER NULL
);

-- Roll-ups of telemetry: one row a machine, metric and bucket.
CREATE TABLE machine_rollups (
    machine     TEXT    NOT NULL,
    metric      TEXT    NOT NULL,
    bucket      INTEGER NOT NULL,
    samples     INTEGER NOT NULL,
    total       REAL    NOT NULL,
    least       REAL    NOT NULL,
    most        REAL    NOT NULL,
    PRIMARY KEY (machine, metric, bucket)
);
