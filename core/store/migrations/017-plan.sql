-- Local to this desk, never synced, never rebuilt.

-- Plans of days: running, proposed, accepted, put away. What was accepted stands in the log.
CREATE TABLE dispatch_plan (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  day TEXT NOT NULL,
  days INTEGER NOT NULL,
  by_user TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  -- What it came to, JSON; null: it did not end.
  content TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX dispatch_plan_day ON dispatch_plan (day, started_at);

-- Ways as a routing service tells them: places are "lat,lon" with four digits behind the point.
CREATE TABLE travel_leg (
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  minutes REAL NOT NULL,
  PRIMARY KEY (from_place, to_place)
) STRICT, WITHOUT ROWID;
