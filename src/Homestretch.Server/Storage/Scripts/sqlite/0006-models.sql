-- Trained models as their files, every version that was ever put in; none is ever changed but for where it stands.
CREATE TABLE models (
    kind    TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    version INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    changed INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    origin  TEXT    NOT NULL,
    made    INTEGER NOT NULL,
    made_by TEXT    NOT NULL,
    file    BLOB    NOT NULL,
    PRIMARY KEY (kind, subject, version)
) STRICT;
-- What came of the last training of each.
CREATE TABLE model_trainings (
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    asked_by TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    said     TEXT    NOT NULL,
    PRIMARY KEY (kind, subject)
) STRICT;
