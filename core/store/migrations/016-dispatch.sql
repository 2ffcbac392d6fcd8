-- Arrivals, closings and pins for the dispatch panel. All derived: a rebuild writes them anew from the log.

-- Who came when to which machine: who knows it, who was on time.
CREATE TABLE order_arrival (
  order_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  engineer TEXT NOT NULL,
  arrived_at INTEGER NOT NULL,
  equipment TEXT,
  model TEXT NOT NULL,
  PRIMARY KEY (order_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_arrival_machine ON order_arrival (equipment, arrived_at) WHERE equipment IS NOT NULL;
CREATE INDEX order_arrival_model ON order_arrival (model, arrived_at, engineer);
CREATE INDEX order_arrival_time ON order_arrival (arrived_at, engineer);

-- METRICS, "first-time fix": one row an order that was closed, by the engineer who was there last.
CREATE TABLE order_closing (
  order_id TEXT NOT NULL PRIMARY KEY,
  engineer TEXT NOT NULL,
  closed_at INTEGER NOT NULL,
  arrivals INTEGER NOT NULL,
  reopened INTEGER NOT NULL,
  equipment TEXT,
  symptom TEXT NOT NULL,
  -- As the order named them, JSON.
  skills TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_closing_time ON order_closing (closed_at, engineer);

-- Appointments that stay where they are when a day is planned; another appointment of the order is not held.
CREATE TABLE visit_pin (
  order_id TEXT NOT NULL PRIMARY KEY,
  appointment TEXT NOT NULL
) STRICT, WITHOUT ROWID;
