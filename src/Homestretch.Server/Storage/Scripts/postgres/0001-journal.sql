-- Instants are Unix ticks of 100 ns (UTC), widths and spans are ticks; money is in minor units; hashes are SHA-256.
-- The same tables, columns and keys as sqlite/0001-journal.sql: a test compares them.

-- The truth: append only, numbered without a gap; chain links each row to the one before.
CREATE TABLE journal (
    sequence BIGINT NOT NULL PRIMARY KEY,
    appended BIGINT NOT NULL,
    kind     TEXT NOT NULL,
    version  BIGINT NOT NULL,
    party    TEXT NOT NULL,
    key      TEXT NULL,
    body     BYTEA NOT NULL,
    lease    BIGINT NOT NULL,
    chain    BYTEA NOT NULL
);
CREATE INDEX journal_kind ON journal (kind, sequence);

-- One row: who may append, and where the journal ends.
CREATE TABLE lease (
    id       BIGINT NOT NULL PRIMARY KEY,
    epoch    BIGINT NOT NULL,
    holder   TEXT NULL,
    taken    BIGINT NULL,
    sequence BIGINT NOT NULL,
    chain    BYTEA NOT NULL
);
INSERT INTO lease (id, epoch, sequence, chain) VALUES (1, 0, 0, decode(repeat('00', 32), 'hex'));

-- What was answered under an idempotency key, until it expires.
CREATE TABLE requests (
    party    TEXT NOT NULL,
    key      TEXT NOT NULL,
    hash     BYTEA NOT NULL,
    sequence BIGINT NOT NULL,
    created  BIGINT NOT NULL,
    expires  BIGINT NOT NULL,
    PRIMARY KEY (party, key)
);
CREATE INDEX requests_expires ON requests (expires);

-- A snapshot counts once its row is here; chunks without a row are leavings of a crash.
CREATE TABLE snapshots (
    sequence BIGINT NOT NULL PRIMARY KEY,
    taken    BIGINT NOT NULL,
    form     TEXT NOT NULL,
    chunks   BIGINT NOT NULL,
    bytes    BIGINT NOT NULL,
    hash     BYTEA NOT NULL,
    chain    BYTEA NOT NULL
);

CREATE TABLE snapshot_chunks (
    sequence BIGINT NOT NULL,
    chunk    BIGINT NOT NULL,
    body     BYTEA NOT NULL,
    PRIMARY KEY (sequence, chunk)
);

-- login is normalized; disabled is the instant from which the account no longer signs in.
CREATE TABLE accounts (
    id       TEXT NOT NULL PRIMARY KEY,
    login    TEXT NOT NULL,
    name     TEXT NOT NULL,
    role     TEXT NOT NULL,
    party    TEXT NOT NULL,
    password TEXT NULL,
    created  BIGINT NOT NULL,
    disabled BIGINT NULL
);
CREATE UNIQUE INDEX accounts_login ON accounts (login);

-- Sessions and API tokens (purpose says which); only the hash of the secret is kept.
CREATE TABLE tokens (
    hash     BYTEA NOT NULL PRIMARY KEY,
    purpose  TEXT NOT NULL,
    account  TEXT NULL,
    party    TEXT NOT NULL,
    role     TEXT NOT NULL,
    label    TEXT NOT NULL,
    created  BIGINT NOT NULL,
    expires  BIGINT NOT NULL,
    revoked  BIGINT NULL
);
CREATE INDEX tokens_account ON tokens (account);

-- One-time links: first administrator, invitation, password reset; only the hash of the secret is kept.
CREATE TABLE links (
    hash     BYTEA NOT NULL PRIMARY KEY,
    purpose  TEXT NOT NULL,
    account  TEXT NULL,
    party    TEXT NOT NULL,
    role     TEXT NOT NULL,
    created  BIGINT NOT NULL,
    expires  BIGINT NOT NULL,
    used     BIGINT NULL
);

CREATE TABLE audit (
    number   BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    party    TEXT NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL,
    chain    BYTEA NOT NULL
);

-- One machine over [bucket, bucket + width): time in each state, pieces made.
CREATE TABLE machine_rollups (
    party      TEXT NOT NULL,
    machine    TEXT NOT NULL,
    width      BIGINT NOT NULL,
    bucket     BIGINT NOT NULL,
    running    BIGINT NOT NULL,
    idle       BIGINT NOT NULL,
    down       BIGINT NOT NULL,
    changeover BIGINT NOT NULL,
    no_data    BIGINT NOT NULL,
    produced   BIGINT NOT NULL,
    rejected   BIGINT NOT NULL,
    PRIMARY KEY (party, machine, width, bucket)
);

-- One feature of one machine over [bucket, bucket + width); mean = total / samples.
CREATE TABLE feature_rollups (
    party    TEXT NOT NULL,
    machine  TEXT NOT NULL,
    feature  TEXT NOT NULL,
    width    BIGINT NOT NULL,
    bucket   BIGINT NOT NULL,
    samples  BIGINT NOT NULL,
    total    DOUBLE PRECISION NOT NULL,
    least    DOUBLE PRECISION NOT NULL,
    most     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (party, machine, feature, width, bucket)
);

-- How well a source of arrival dates has done, by lane and horizon; errors in days, covered = times inside its own band.
CREATE TABLE eta_sources (
    party       TEXT NOT NULL,
    source      TEXT NOT NULL,
    lane        TEXT NOT NULL,
    horizon     BIGINT NOT NULL,
    outcomes    BIGINT NOT NULL,
    error_total DOUBLE PRECISION NOT NULL,
    error_abs   DOUBLE PRECISION NOT NULL,
    covered     BIGINT NOT NULL,
    updated     BIGINT NOT NULL,
    PRIMARY KEY (party, source, lane, horizon)
);

-- Chunks arrive compressed: do not spend time on compressing them again.
ALTER TABLE snapshot_chunks ALTER COLUMN body SET STORAGE EXTERNAL;
