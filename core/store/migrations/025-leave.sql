-- Leaves of engineers beside the absence that each account may have. Derived: a rebuild writes them anew.
CREATE TABLE engineer_leave (
  engineer TEXT NOT NULL,
  id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (engineer, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX engineer_leave_time ON engineer_leave (to_at, engineer, from_at);
