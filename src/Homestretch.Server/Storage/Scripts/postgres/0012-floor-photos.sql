-- Photos of operations on the floor, such as of damage at receiving. sent is the SHA-256 of what the device sent, which its operation names; bytes is the picture alone,
-- without place, time or camera, and hash its SHA-256. They leave a year after they were taken.
CREATE TABLE floor_photos (
    operation TEXT    NOT NULL,
    sent      TEXT    NOT NULL,
    hash      TEXT    NOT NULL,
    party     TEXT    NOT NULL,
    site      TEXT    NOT NULL,
    lot       TEXT    NOT NULL,
    item      TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    media     TEXT    NOT NULL,
    taken     BIGINT  NOT NULL,
    kept      BIGINT  NOT NULL,
    bytes     BYTEA   NOT NULL,
    PRIMARY KEY (operation, sent)
);
CREATE INDEX floor_photos_lot ON floor_photos (lot);
CREATE INDEX floor_photos_hash ON floor_photos (hash);
CREATE INDEX floor_photos_taken ON floor_photos (taken);
