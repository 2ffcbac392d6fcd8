-- What visits ask, and how long they took. Derived: a rebuild writes it anew.

-- Open orders whose visit asks for more than any: skills as the order names them, planned minutes, windows.
CREATE TABLE visit_need (
  order_id TEXT NOT NULL PRIMARY KEY,
  skills TEXT NOT NULL,
  minutes INTEGER,
  crew INTEGER NOT NULL,
  windows TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE visit_after (
  order_id TEXT NOT NULL,
  after_id TEXT NOT NULL,
  PRIMARY KEY (order_id, after_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_after_after ON visit_after (after_id);

-- How long the one visit of a closed order took, from arrival to the end of the work on site.
CREATE TABLE visit_duration (
  order_id TEXT NOT NULL PRIMARY KEY,
  symptom TEXT NOT NULL,
  model TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  ended_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_duration_alike ON visit_duration (symptom, model, ended_at, minutes);
CREATE INDEX visit_duration_symptom ON visit_duration (symptom, ended_at, minutes);
CREATE INDEX visit_duration_time ON visit_duration (ended_at, minutes);

-- All engineers' bookings of a few days at once.
CREATE INDEX engineer_slot_from ON engineer_slot (from_at, to_at);
