-- What people should know of: what stands, and what has ended lately. Key and created together are one notice for ever.
CREATE TABLE notices (
    key       TEXT             NOT NULL,
    created   BIGINT           NOT NULL,
    source    TEXT             NOT NULL,
    kind      TEXT             NOT NULL,
    severity  TEXT             NOT NULL,
    party     TEXT             NOT NULL,
    roles     TEXT             NOT NULL,
    owner     TEXT             NULL,
    title     TEXT             NOT NULL,
    text      TEXT             NOT NULL,
    path      TEXT             NOT NULL,
    changed   BIGINT           NOT NULL,
    deadline  BIGINT           NULL,
    days      DOUBLE PRECISION NULL,
    ended     BIGINT           NULL,
    handed_to TEXT             NOT NULL,
    PRIMARY KEY (key, created)
);
CREATE INDEX notices_ended ON notices (ended);
-- What a person wants to hear, how and when; a person without a row hears what holds for everyone.
CREATE TABLE subscriptions (
    login      TEXT             NOT NULL PRIMARY KEY,
    push       BIGINT           NOT NULL,
    mail       BIGINT           NOT NULL,
    digest     BIGINT           NOT NULL,
    address    TEXT             NOT NULL,
    kinds      TEXT             NOT NULL,
    least      TEXT             NOT NULL,
    least_days DOUBLE PRECISION NOT NULL,
    zone       TEXT             NOT NULL,
    quiet_from TEXT             NOT NULL,
    quiet_to   TEXT             NOT NULL,
    breaks     BIGINT           NOT NULL,
    digest_at  TEXT             NOT NULL,
    since      BIGINT           NOT NULL
);
-- Browsers that take push messages.
CREATE TABLE push_devices (
    device   TEXT   NOT NULL PRIMARY KEY,
    login    TEXT   NOT NULL,
    endpoint TEXT   NOT NULL,
    p256dh   TEXT   NOT NULL,
    auth     TEXT   NOT NULL,
    label    TEXT   NOT NULL,
    added    BIGINT NOT NULL,
    reached  BIGINT NULL
);
CREATE INDEX push_devices_login ON push_devices (login);
-- What was told to whom: nothing is told twice.
CREATE TABLE heard (
    login    TEXT   NOT NULL,
    channel  TEXT   NOT NULL,
    key      TEXT   NOT NULL,
    created  BIGINT NOT NULL,
    news     TEXT   NOT NULL,
    severity TEXT   NOT NULL,
    at       BIGINT NOT NULL,
    dispatch TEXT   NOT NULL,
    PRIMARY KEY (login, channel, key, created, news, severity, at)
);
CREATE INDEX heard_at ON heard (at);
-- Where a party wants to be told by webhook. The secret is sealed with the keys in the data folder.
CREATE TABLE webhooks (
    webhook  TEXT   NOT NULL PRIMARY KEY,
    party    TEXT   NOT NULL,
    url      TEXT   NOT NULL,
    secret   BYTEA  NOT NULL,
    label    TEXT   NOT NULL,
    kinds    TEXT   NOT NULL,
    made     BIGINT NOT NULL,
    made_by  TEXT   NOT NULL,
    failing  BIGINT NULL,
    disabled BIGINT NULL,
    said     TEXT   NOT NULL
);
CREATE INDEX webhooks_party ON webhooks (party);
-- Messages on their way and what became of them.
CREATE TABLE outbox (
    message  TEXT   NOT NULL PRIMARY KEY,
    channel  TEXT   NOT NULL,
    target   TEXT   NOT NULL,
    party    TEXT   NOT NULL,
    type     TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    body     BYTEA  NOT NULL,
    made     BIGINT NOT NULL,
    due      BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    state    TEXT   NOT NULL,
    ended    BIGINT NULL,
    said     TEXT   NOT NULL
);
CREATE INDEX outbox_due ON outbox (state, due);
CREATE INDEX outbox_target ON outbox (target, made);
