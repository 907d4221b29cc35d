-- What was done on the floors of the hubs, from the time on at which it leaves the world, for good. record is the operation as JSON in Brotli, hash the SHA-256 of the JSON; the rest is
-- what the ledger is asked by.
CREATE TABLE archived_operations (
    operation TEXT    NOT NULL PRIMARY KEY,
    site      TEXT    NOT NULL,
    act       TEXT    NOT NULL,
    answer    TEXT    NOT NULL,
    item      TEXT    NOT NULL,
    lot       TEXT    NOT NULL,
    unit      TEXT    NOT NULL,
    from_bin  TEXT    NOT NULL,
    to_bin    TEXT    NOT NULL,
    happened  BIGINT  NOT NULL,
    record    BYTEA   NOT NULL,
    hash      BYTEA   NOT NULL
);
CREATE INDEX archived_operations_happened ON archived_operations (happened, operation);
CREATE INDEX archived_operations_lot ON archived_operations (lot, happened);
CREATE INDEX archived_operations_item ON archived_operations (item, happened);
CREATE INDEX archived_operations_unit ON archived_operations (unit);
