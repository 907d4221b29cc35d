-- Trained models as their files, every version that was ever put in; none is ever changed but for where it stands.
CREATE TABLE models (
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    version BIGINT NOT NULL,
    state   TEXT NOT NULL,
    changed BIGINT NOT NULL,
    reason  TEXT NOT NULL,
    origin  TEXT NOT NULL,
    made    BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    file    BYTEA NOT NULL,
    PRIMARY KEY (kind, subject, version)
);
-- What came of the last training of each.
CREATE TABLE model_trainings (
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    at       BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    version  BIGINT NOT NULL,
    said     TEXT NOT NULL,
    PRIMARY KEY (kind, subject)
);
