-- What dispatching and escalations need of a person besides the name. Derived: a rebuild writes it anew.
ALTER TABLE user_account ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE user_account ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';

-- Tables that somebody brought here from a spreadsheet. Local to this desk: the rows themselves lie in files beside,
-- and what was taken in is in the log.
CREATE TABLE table_import (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  file TEXT NOT NULL,
  by_user TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  head TEXT,
  columns TEXT NOT NULL DEFAULT '[]',
  options TEXT NOT NULL DEFAULT '{}',
  counts TEXT NOT NULL DEFAULT '{}',
  -- Rows dealt with in the present state, of all.
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  refusal TEXT,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX table_import_by_time ON table_import (created_at DESC);

-- Which column a heading meant last time; an empty column: it was left out.
CREATE TABLE table_import_column (
  kind TEXT NOT NULL,
  heading TEXT NOT NULL,
  column_id TEXT NOT NULL,
  PRIMARY KEY (kind, heading)
) STRICT, WITHOUT ROWID;
