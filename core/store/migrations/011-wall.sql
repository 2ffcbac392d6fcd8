-- Perceived time (METRICS), a pure function of each order. Derived: a rebuild writes it anew.
-- One row an order: its boundaries after the running maximum, UTC ms; null: not reached, or never recorded.
CREATE TABLE order_perceived (
  order_id TEXT NOT NULL PRIMARY KEY,
  outcome TEXT NOT NULL,
  ended_at INTEGER,
  first_contact_at INTEGER NOT NULL,
  response_ms INTEGER,
  triage_ms INTEGER,
  decision_ms INTEGER,
  execution_ms INTEGER,
  field_work_ms INTEGER,
  confirmation_ms INTEGER,
  unknown_ms INTEGER,
  total_ms INTEGER,
  -- The stage with a limit that runs now, and since when: it misses as time passes, without an event.
  running TEXT,
  running_since INTEGER,
  remote INTEGER NOT NULL,
  at_call INTEGER NOT NULL,
  by_wish INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_perceived_running ON order_perceived (running, running_since) WHERE running IS NOT NULL;

-- What a period sums, by natural day of the company's zone (days since 1970-01-01). `slot`: the bucket of a histogram.
CREATE TABLE perceived_day (
  day INTEGER NOT NULL,
  figure TEXT NOT NULL,
  slot INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (day, figure, slot)
) STRICT, WITHOUT ROWID;

-- The wall asks which promises of a stage have passed, and which are next.
CREATE INDEX work_order_promised ON work_order (stage, promise_by, breached, owner, provider)
  WHERE status = 'open' AND promise_by IS NOT NULL;

-- Local to this desk, never synced, never rebuilt: links of wall displays, by digest of their token.
CREATE TABLE wall_token (
  token BLOB NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;
