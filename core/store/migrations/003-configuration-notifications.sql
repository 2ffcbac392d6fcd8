-- Every version of every workflow, SLA policy and calendar. Derived: a rebuild writes it anew.
CREATE TABLE definition (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (kind, id, version)
) STRICT, WITHOUT ROWID;

-- The daily upgrade-warning report asks for these.
CREATE INDEX stage_timer_reported ON stage_timer (order_id) WHERE daily_report = 1;

-- Local to this desk, never synced, never rebuilt: what people were told and have read.
CREATE TABLE notification (
  -- One for an event and a person, whatever runs twice.
  id TEXT NOT NULL PRIMARY KEY,
  event TEXT NOT NULL,
  user TEXT NOT NULL,
  kind TEXT NOT NULL,
  order_id TEXT,
  params TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  read_at INTEGER,
  acknowledged_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX notification_by_user ON notification (user, created_at, id);
CREATE INDEX notification_unread ON notification (user) WHERE read_at IS NULL;
CREATE INDEX notification_by_event ON notification (event);
CREATE INDEX notification_by_age ON notification (created_at);

-- Local: what has to leave the house, sent at least once, with its key.
CREATE TABLE outbox (
  event TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('chat', 'sms', 'console')),
  recipient TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  delivered_at INTEGER,
  -- Given up; shown to the administrators.
  dead_at INTEGER,
  last_error TEXT,
  PRIMARY KEY (event, channel, recipient)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE delivered_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_by_age ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
