-- Who is an engineer, what he can do, when he works, and where machines are. Derived: a rebuild writes it anew.
CREATE TABLE skill (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE engineer_profile (
  engineer TEXT NOT NULL PRIMARY KEY,
  home_name TEXT,
  home_lat REAL,
  home_lon REAL,
  territory_name TEXT,
  territory_km REAL,
  vehicle TEXT,
  overtime_min INTEGER NOT NULL,
  lunch TEXT,
  hour_cost_fen INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE engineer_skill (
  engineer TEXT NOT NULL,
  skill TEXT NOT NULL,
  level INTEGER NOT NULL,
  certificate TEXT NOT NULL,
  -- The last day on which it holds; null: it does not end.
  valid_until TEXT,
  PRIMARY KEY (engineer, skill)
) STRICT, WITHOUT ROWID;
CREATE INDEX engineer_skill_skill ON engineer_skill (skill, level);

-- Shifts that come again; from_day to until_day, both included.
CREATE TABLE rotation (
  engineer TEXT NOT NULL,
  id TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,
  zone TEXT NOT NULL,
  cycle_days INTEGER NOT NULL,
  shifts TEXT NOT NULL,
  PRIMARY KEY (engineer, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE single_shift (
  engineer TEXT NOT NULL,
  id TEXT NOT NULL,
  day TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (engineer, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX single_shift_time ON single_shift (from_at, engineer, to_at);
CREATE INDEX single_shift_engineer ON single_shift (engineer, from_at);

-- Days on which the engineer's rotations have no shift.
CREATE TABLE skipped_day (
  engineer TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (engineer, day)
) STRICT, WITHOUT ROWID;

-- Single shifts of another desk that came too late.
CREATE TABLE lost_shift (
  engineer TEXT NOT NULL,
  event TEXT NOT NULL,
  shift TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  by_user TEXT NOT NULL,
  PRIMARY KEY (engineer, event)
) STRICT, WITHOUT ROWID;

-- Degrees, WGS 84.
CREATE TABLE customer_place (
  id TEXT NOT NULL PRIMARY KEY,
  lat REAL NOT NULL,
  lon REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE equipment_place (
  id TEXT NOT NULL PRIMARY KEY,
  lat REAL NOT NULL,
  lon REAL NOT NULL
) STRICT, WITHOUT ROWID;
