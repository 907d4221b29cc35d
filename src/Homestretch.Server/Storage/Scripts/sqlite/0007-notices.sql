-- What people should know of: what stands, and what has ended lately. Key and created together are one notice for ever.
CREATE TABLE notices (
    key       TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    source    TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    severity  TEXT    NOT NULL,
    party     TEXT    NOT NULL,
    roles     TEXT    NOT NULL,
    owner     TEXT    NULL,
    title     TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    path      TEXT    NOT NULL,
    changed   INTEGER NOT NULL,
    deadline  INTEGER NULL,
    days      REAL    NULL,
    ended     INTEGER NULL,
    handed_to TEXT    NOT NULL,
    PRIMARY KEY (key, created)
) STRICT;
CREATE INDEX notices_ended ON notices (ended);
-- What a person wants to hear, how and when; a person without a row hears what holds for everyone.
CREATE TABLE subscriptions (
    login      TEXT    NOT NULL PRIMARY KEY,
    push       INTEGER NOT NULL,
    mail       INTEGER NOT NULL,
    digest     INTEGER NOT NULL,
    address    TEXT    NOT NULL,
    kinds      TEXT    NOT NULL,
    least      TEXT    NOT NULL,
    least_days REAL    NOT NULL,
    zone       TEXT    NOT NULL,
    quiet_from TEXT    NOT NULL,
    quiet_to   TEXT    NOT NULL,
    breaks     INTEGER NOT NULL,
    digest_at  TEXT    NOT NULL,
    since      INTEGER NOT NULL
) STRICT;
-- Browsers that take push messages.
CREATE TABLE push_devices (
    device   TEXT    NOT NULL PRIMARY KEY,
    login    TEXT    NOT NULL,
    endpoint TEXT    NOT NULL,
    p256dh   TEXT    NOT NULL,
    auth     TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    added    INTEGER NOT NULL,
    reached  INTEGER NULL
) STRICT;
CREATE INDEX push_devices_login ON push_devices (login);
-- What was told to whom: nothing is told twice.
CREATE TABLE heard (
    login    TEXT    NOT NULL,
    channel  TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    news     TEXT    NOT NULL,
    severity TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    dispatch TEXT    NOT NULL,
    PRIMARY KEY (login, channel, key, created, news, severity, at)
) STRICT;
CREATE INDEX heard_at ON heard (at);
-- Where a party wants to be told by webhook. The secret is sealed with the keys in the data folder.
CREATE TABLE webhooks (
    webhook  TEXT    NOT NULL PRIMARY KEY,
    party    TEXT    NOT NULL,
    url      TEXT    NOT NULL,
    secret   BLOB    NOT NULL,
    label    TEXT    NOT NULL,
    kinds    TEXT    NOT NULL,
    made     INTEGER NOT NULL,
    made_by  TEXT    NOT NULL,
    failing  INTEGER NULL,
    disabled INTEGER NULL,
    said     TEXT    NOT NULL
) STRICT;
CREATE INDEX webhooks_party ON webhooks (party);
-- Messages on their way and what became of them.
CREATE TABLE outbox (
    message  TEXT    NOT NULL PRIMARY KEY,
    channel  TEXT    NOT NULL,
    target   TEXT    NOT NULL,
    party    TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    body     BLOB    NOT NULL,
    made     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state    TEXT    NOT NULL,
    ended    INTEGER NULL,
    said     TEXT    NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (state, due);
CREATE INDEX outbox_target ON outbox (target, made);
