-- The newest changes as they were told: journal entry, what it touched (before and after, as events), the order lines it moved, and its cause and
-- consequence in words. Made again from the journal for the entries that have no row yet; older rows go.
CREATE TABLE changes (
    sequence INTEGER NOT NULL PRIMARY KEY,
    at       INTEGER NOT NULL,
    party    TEXT    NOT NULL,
    before   BLOB    NOT NULL,
    after    BLOB    NOT NULL,
    moved    TEXT    NOT NULL,
    told     TEXT    NOT NULL
) STRICT;
