-- How many promises something takes, and how many it must take for a person to be told at once.
ALTER TABLE notices ADD COLUMN promises REAL NULL;
ALTER TABLE subscriptions ADD COLUMN least_promises REAL NOT NULL DEFAULT 0;
