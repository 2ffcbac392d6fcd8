-- The log. No column holds anything that the hashed text does not: a changed byte anywhere is evident.
CREATE TABLE event (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  hlc INTEGER NOT NULL,
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (origin, seq)
) STRICT;
CREATE INDEX event_by_subject ON event (subject, hlc, origin, seq);
CREATE INDEX event_by_id ON event (id);

CREATE TRIGGER event_is_final BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed: append a correction'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- Personal and money fields of an event. The log holds their digest; only personErased may delete a personal one.
CREATE TABLE event_part (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  name TEXT NOT NULL CHECK (name IN ('personal', 'money')),
  person TEXT,
  salt BLOB NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (origin, seq, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_part_by_person ON event_part (person) WHERE person IS NOT NULL;
CREATE TRIGGER event_part_is_final BEFORE UPDATE ON event_part
BEGIN SELECT RAISE(ABORT, 'parts of events are never changed'); END;

-- Where each chain stands; written in the transaction of its last event, so that a cut tail is evident.
CREATE TABLE chain_head (
  origin TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Heads that the desk signed. The key is outside the database.
CREATE TABLE head_signature (
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  at INTEGER NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (origin, seq)
) STRICT, WITHOUT ROWID;

-- Long subjects are not folded from their first event each time. Derived: a rebuild drops it.
CREATE TABLE subject_snapshot (
  subject TEXT NOT NULL PRIMARY KEY,
  folds INTEGER NOT NULL,
  hlc INTEGER NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Local to this desk, never synced, never rebuilt.
CREATE TABLE command_answer (
  id TEXT NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- While projections are rebuilt: subjects beyond the sweep whose rows a command wrote meanwhile.
CREATE TABLE rebuilt_subject (
  subject TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
