-- What figures are told apart by: where a customer is, and which team a colleague belongs to.
ALTER TABLE customer ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN team TEXT NOT NULL DEFAULT '';

-- What METRICS, "Rates", needs to know of each order. Derived: a rebuild writes it anew. Days are natural days of the
-- company's zone since 1970-01-01; slots are buckets of the histogram of perceived time.
CREATE TABLE order_insight (
  order_id TEXT NOT NULL PRIMARY KEY,
  -- Told by an import, or `user:` and whoever leads the work: their team is joined.
  team TEXT NOT NULL,
  model TEXT NOT NULL,
  region TEXT NOT NULL,
  provider TEXT NOT NULL,
  lead TEXT,
  outcome TEXT NOT NULL,
  -- 0: cancelled or merged, outside every denominator.
  counted INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_day INTEGER NOT NULL,
  open_since INTEGER,
  closed_at INTEGER,
  closed_day INTEGER,
  -- Closed within 30 days of its creation.
  soon INTEGER NOT NULL,
  close_ms INTEGER,
  close_slot INTEGER,
  remote INTEGER NOT NULL,
  arrivals INTEGER NOT NULL,
  reopened INTEGER NOT NULL,
  -- Machine and symptom, where both are known; and how many new orders of both came within 30 days of the closing.
  repeat_key TEXT,
  repeats INTEGER NOT NULL,
  fixed INTEGER NOT NULL,
  inquiries INTEGER NOT NULL,
  overtime INTEGER NOT NULL,
  other_cause INTEGER NOT NULL,
  response_day INTEGER,
  response_slot INTEGER,
  response_ms INTEGER,
  decision_day INTEGER,
  decision_slot INTEGER,
  decision_ms INTEGER,
  execution_day INTEGER,
  execution_slot INTEGER,
  execution_ms INTEGER,
  confirmation_day INTEGER,
  confirmation_slot INTEGER,
  confirmation_ms INTEGER,
  total_slot INTEGER,
  total_ms INTEGER,
  -- The four slots of a closed order in one number.
  all_slots INTEGER,
  at_call INTEGER NOT NULL,
  by_wish INTEGER NOT NULL,
  -- The last day on which a stage, or the order, ended.
  settled_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- What a filtered period sums is read from these alone.
CREATE INDEX order_insight_created ON order_insight
  (created_day, team, model, region, provider, counted, outcome, closed_day, soon, inquiries, overtime, other_cause);
CREATE INDEX order_insight_closed ON order_insight
  (closed_day, close_slot, close_ms, team, model, region, provider, fixed, remote, lead) WHERE closed_day IS NOT NULL;
CREATE INDEX order_insight_lately ON order_insight (closed_at, closed_day, order_id) WHERE closed_at IS NOT NULL;
CREATE INDEX order_insight_settled ON order_insight (settled_day, created_day, order_id);
CREATE INDEX order_insight_void ON order_insight (order_id) WHERE counted = 0;
CREATE INDEX order_insight_open ON order_insight (open_since, order_id) WHERE open_since IS NOT NULL;
CREATE INDEX order_insight_repeat ON order_insight (repeat_key, created_at, closed_at) WHERE repeat_key IS NOT NULL;

-- Ended stays of an order: `open`, and `stuck` from the 48th hour of a visit or a hand-over on. UTC ms. `next_from`: when
-- the next one began, a running one too, so that the last of a period counts the order once; far away where there is none.
CREATE TABLE order_span (
  kind TEXT NOT NULL,
  to_at INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  next_from INTEGER NOT NULL,
  PRIMARY KEY (kind, to_at, order_id, from_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_rating (
  day INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  stars INTEGER NOT NULL,
  PRIMARY KEY (day, order_id, at)
) STRICT, WITHOUT ROWID;

-- Sums by day, over all orders and for each value by which they are told apart.
CREATE TABLE insight_day (
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  day INTEGER NOT NULL,
  -- By the day of creation.
  created INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  merged INTEGER NOT NULL,
  closed_since INTEGER NOT NULL,
  closed_soon INTEGER NOT NULL,
  inquiries INTEGER NOT NULL,
  inquired INTEGER NOT NULL,
  complained INTEGER NOT NULL,
  overtime INTEGER NOT NULL,
  other_cause INTEGER NOT NULL,
  -- By the day of closing.
  closed INTEGER NOT NULL,
  close_ms INTEGER NOT NULL,
  fixed INTEGER NOT NULL,
  remote INTEGER NOT NULL,
  remote_fixed INTEGER NOT NULL,
  led INTEGER NOT NULL,
  -- By the day of the answer.
  stars_1 INTEGER NOT NULL,
  stars_2 INTEGER NOT NULL,
  stars_3 INTEGER NOT NULL,
  stars_4 INTEGER NOT NULL,
  stars_5 INTEGER NOT NULL,
  PRIMARY KEY (dimension, value, day)
) STRICT, WITHOUT ROWID;

-- How long orders took to close, by the day of closing.
CREATE TABLE insight_close (
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  day INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  PRIMARY KEY (dimension, value, day, slot)
) STRICT, WITHOUT ROWID;

-- First firings of stage timers, by the hour of the day (0 to 23) at which the limit passed.
CREATE TABLE insight_breach (
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  day INTEGER NOT NULL,
  stage TEXT NOT NULL,
  hour INTEGER NOT NULL,
  orders INTEGER NOT NULL,
  PRIMARY KEY (dimension, value, day, stage, hour)
) STRICT, WITHOUT ROWID;
