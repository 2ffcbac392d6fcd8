-- How long each finished stretch of each order took, and how long from its begin to the closing: what is to be expected
-- of those that run now. A pure function of the order; derived, a rebuild writes it anew.
CREATE TABLE order_pace (
  segment TEXT NOT NULL,
  symptom TEXT NOT NULL,
  model TEXT NOT NULL,
  ended_at INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  -- Null while the order is not closed.
  rest_ms INTEGER,
  -- Solved from afar.
  remote INTEGER NOT NULL,
  PRIMARY KEY (segment, symptom, model, ended_at, order_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_pace_lately ON order_pace (segment, ended_at);

-- Which orders were open at an instant, and which ended since: for looking back.
CREATE INDEX order_perceived_ended ON order_perceived (ended_at, first_contact_at, order_id);

-- Stages that were left, for what an escalation came to.
CREATE INDEX stage_timer_fired ON stage_timer (fired_at, order_id) WHERE daily_report = 1;

-- Local to this desk, never synced, never rebuilt: the daily reports as they were made.
CREATE TABLE daily_report (
  number TEXT NOT NULL PRIMARY KEY,
  -- YYYY-MM-DD of the company's zone.
  day TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- A user, or `scheduler`.
  made_by TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX daily_report_by_day ON daily_report (day, made_at);
