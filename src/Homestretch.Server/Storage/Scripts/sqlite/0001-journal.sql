-- Instants are Unix ticks of 100 ns (UTC), widths and spans are ticks; money is in minor units; hashes are SHA-256.
-- The same tables, columns and keys as postgres/0001-journal.sql: a test compares them.

-- The truth: append only, numbered without a gap; chain links each row to the one before.
CREATE TABLE journal (
    sequence INTEGER NOT NULL PRIMARY KEY,
    appended INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    party    TEXT    NOT NULL,
    key      TEXT    NULL,
    body     BLOB    NOT NULL,
    lease    INTEGER NOT NULL,
    chain    BLOB    NOT NULL
) STRICT;
CREATE INDEX journal_kind ON journal (kind, sequence);

-- One row: who may append, and where the journal ends.
CREATE TABLE lease (
    id       INTEGER NOT NULL PRIMARY KEY,
    epoch    INTEGER NOT NULL,
    holder   TEXT    NULL,
    taken    INTEGER NULL,
    sequence INTEGER NOT NULL,
    chain    BLOB    NOT NULL
) STRICT;
INSERT INTO lease (id, epoch, sequence, chain) VALUES (1, 0, 0, zeroblob(32));

-- What was answered under an idempotency key, until it expires.
CREATE TABLE requests (
    party    TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    hash     BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    expires  INTEGER NOT NULL,
    PRIMARY KEY (party, key)
) STRICT;
CREATE INDEX requests_expires ON requests (expires);

-- A snapshot counts once its row is here; chunks without a row are leavings of a crash.
CREATE TABLE snapshots (
    sequence INTEGER NOT NULL PRIMARY KEY,
    taken    INTEGER NOT NULL,
    form     TEXT    NOT NULL,
    chunks   INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    hash     BLOB    NOT NULL,
    chain    BLOB    NOT NULL
) STRICT;

CREATE TABLE snapshot_chunks (
    sequence INTEGER NOT NULL,
    chunk    INTEGER NOT NULL,
    body     BLOB    NOT NULL,
    PRIMARY KEY (sequence, chunk)
) STRICT;

-- login is normalized; disabled is the instant from which the account no longer signs in.
CREATE TABLE accounts (
    id       TEXT    NOT NULL PRIMARY KEY,
    login    TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    party    TEXT    NOT NULL,
    password TEXT    NULL,
    created  INTEGER NOT NULL,
    disabled INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX accounts_login ON accounts (login);

-- Sessions and API tokens (purpose says which); only the hash of the secret is kept.
CREATE TABLE tokens (
    hash     BLOB    NOT NULL PRIMARY KEY,
    purpose  TEXT    NOT NULL,
    account  TEXT    NULL,
    party    TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    expires  INTEGER NOT NULL,
    revoked  INTEGER NULL
) STRICT;
CREATE INDEX tokens_account ON tokens (account);

-- One-time links: first administrator, invitation, password reset; only the hash of the secret is kept.
CREATE TABLE links (
    hash     BLOB    NOT NULL PRIMARY KEY,
    purpose  TEXT    NOT NULL,
    account  TEXT    NULL,
    party    TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    expires  INTEGER NOT NULL,
    used     INTEGER NULL
) STRICT;

CREATE TABLE audit (
    number   INTEGER NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL,
    party    TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    detail   TEXT    NOT NULL,
    chain    BLOB    NOT NULL
) STRICT;

-- One machine over [bucket, bucket + width): time in each state, pieces made.
CREATE TABLE machine_rollups (
    party      TEXT    NOT NULL,
    machine    TEXT    NOT NULL,
    width      INTEGER NOT NULL,
    bucket     INTEGER NOT NULL,
    running    INTEGER NOT NULL,
    idle       INTEGER NOT NULL,
    down       INTEGER NOT NULL,
    changeover INTEGER NOT NULL,
    no_data    INTEGER NOT NULL,
    produced   INTEGER NOT NULL,
    rejected   INTEGER NOT NULL,
    PRIMARY KEY (party, machine, width, bucket)
) STRICT;

-- One feature of one machine over [bucket, bucket + width); mean = total / samples.
CREATE TABLE feature_rollups (
    party    TEXT    NOT NULL,
    machine  TEXT    NOT NULL,
    feature  TEXT    NOT NULL,
    width    INTEGER NOT NULL,
    bucket   INTEGER NOT NULL,
    samples  INTEGER NOT NULL,
    total    REAL    NOT NULL,
    least    REAL    NOT NULL,
    most     REAL    NOT NULL,
    PRIMARY KEY (party, machine, feature, width, bucket)
) STRICT;

-- How well a source of arrival dates has done, by lane and horizon; errors in days, covered = times inside its own band.
CREATE TABLE eta_sources (
    party       TEXT    NOT NULL,
    source      TEXT    NOT NULL,
    lane        TEXT    NOT NULL,
    horizon     INTEGER NOT NULL,
    outcomes    INTEGER NOT NULL,
    error_total REAL    NOT NULL,
    error_abs   REAL    NOT NULL,
    covered     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    PRIMARY KEY (party, source, lane, horizon)
) STRICT;
