-- The edges of suppliers: who they are, what they told of themselves last, and what was counted of them.
CREATE TABLE edges (
    edge         TEXT NOT NULL PRIMARY KEY,
    party        TEXT NOT NULL,
    supplier_key TEXT NOT NULL,
    first_seen   BIGINT NOT NULL,
    last_contact BIGINT NOT NULL,
    status       TEXT NOT NULL,
    counts       TEXT NOT NULL
);
-- Contracts, configurations, models and revocations as they were signed; none is ever changed but by a further signature.
CREATE TABLE edge_documents (
    edge     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    version  BIGINT NOT NULL,
    document BYTEA NOT NULL,
    made     BIGINT NOT NULL,
    made_by  TEXT NOT NULL,
    PRIMARY KEY (edge, kind, version)
);
-- Which version of each kind an edge is to have; an older one than the newest after a roll-back.
CREATE TABLE edge_wanted (
    edge    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (edge, kind)
);
