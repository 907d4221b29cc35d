-- Counts up when a person's sessions end at once: a new password, a shut-out. A session of an earlier count is over.
ALTER TABLE accounts ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
