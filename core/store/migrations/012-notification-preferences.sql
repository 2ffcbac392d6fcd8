-- Local to this desk, never synced, never rebuilt: how people want to be told.
CREATE TABLE notification_preference (
  user TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The notification centre pages through what is unread and counts it by kind.
DROP INDEX notification_unread;
CREATE INDEX notification_unread ON notification (user, created_at, id, kind) WHERE read_at IS NULL;
