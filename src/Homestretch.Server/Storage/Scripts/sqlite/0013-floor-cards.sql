-- Devices of the floor that take what comes next as a notification, by the name of their token. told is the card that was sent last. They leave with the token.
CREATE TABLE floor_cards (
    device   TEXT    NOT NULL PRIMARY KEY,
    endpoint TEXT    NOT NULL,
    p256dh   TEXT    NOT NULL,
    auth     TEXT    NOT NULL,
    language TEXT    NOT NULL,
    added    INTEGER NOT NULL,
    told     TEXT    NOT NULL
) STRICT;
