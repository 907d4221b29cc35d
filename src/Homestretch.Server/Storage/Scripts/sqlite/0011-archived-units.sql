-- As-built records of units that are done, for good: the record as JSON in Brotli with the SHA-256 of the JSON, and what lists and recalls ask for.
-- ended is when the unit was done or given up. A unit stands here once; while it is in the world, a correction takes its record's place.
CREATE TABLE archived_units (
    serial     TEXT    NOT NULL PRIMARY KEY,
    party      TEXT    NOT NULL,
    family     TEXT    NOT NULL,
    market     TEXT    NOT NULL,
    build      TEXT    NOT NULL,
    order_line TEXT    NOT NULL,
    customer   TEXT    NOT NULL,
    hub        TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    begun      INTEGER NOT NULL,
    ended      INTEGER NOT NULL,
    archived   INTEGER NOT NULL,
    record     BLOB    NOT NULL,
    hash       BLOB    NOT NULL
) STRICT;
CREATE INDEX archived_units_order_line ON archived_units (order_line);
CREATE INDEX archived_units_begun ON archived_units (begun);
-- Everything that ever went into them; taken_out is 1 for what came out again.
CREATE TABLE archived_parts (
    serial      TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    item        TEXT    NOT NULL,
    revision    TEXT    NOT NULL,
    lot         TEXT    NOT NULL,
    part_serial TEXT    NOT NULL,
    taken_out   INTEGER NOT NULL,
    PRIMARY KEY (serial, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX archived_parts_part_serial ON archived_parts (part_serial) WHERE part_serial <> '';
-- The lots of these parts, and which machines made them when.
CREATE TABLE archived_lots (
    lot      TEXT NOT NULL PRIMARY KEY,
    item     TEXT NOT NULL,
    revision TEXT NOT NULL,
    supplier TEXT NOT NULL,
    shipment TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE archived_runs (
    lot     TEXT    NOT NULL,
    run     TEXT    NOT NULL,
    machine TEXT    NOT NULL,
    begun   INTEGER NOT NULL,
    PRIMARY KEY (lot, run)
) STRICT, WITHOUT ROWID;
