-- The journal: append-only, one row an entry; chain links each row to the one before.
CREATE TABLE journal (
    sequence    BIGINT  NOT NULL PRIMARY KEY,
    appended    BIGINT  NOT NULL,
    kind        TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    party       TEXT    NOT NULL,
    key         TEXT    NULL,
    body        BYTEA   NOT NULL,
    chain       BYTEA   NOT NULL
);
CREATE UNIQUE INDEX journal_key ON journal (key) WHERE key IS NOT NULL;

-- One row: who may append.
CREATE TABLE lease (
    id          BIGINT  NOT NULL PRIMARY KEY,
    epoch       BIGINT  NOT NULL
);
INSERT INTO lease (id, epoch) VALUES (1, 0);

CREATE TABLE accounts (
    login       TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    party       TEXT    NOT NULL,
    password    TEXT    NULL,
    disabled    BIGINT  NOT NULL,
    created     BIGINT  NOT NULL
);

-- API tokens and one-time links; only the SHA-256 of the secret is kept.
CREATE TABLE tokens (
    hash        BYTEA   NOT NULL PRIMARY KEY,
    login       TEXT    NULL,
    purpose     TEXT    NOT NULL,
    expires     BIGINT  NOT NULL,
    used        BIGINT  NULL
);

-- Roll-ups of telemetry: one row a machine, metric and bucket.
CREATE TABLE machine_rollups (
    machine     TEXT    NOT NULL,
    metric      TEXT    NOT NULL,
    bucket      BIGINT  NOT NULL,
    samples     BIGINT  NOT NULL,
    total       DOUBLE PRECISION NOT NULL,
    least       DOUBLE PRECISION NOT NULL,
    most        DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (machine, metric, bucket)
);
