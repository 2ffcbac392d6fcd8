-- Rows of the user subjects. Derived: a rebuild writes them anew.
CREATE TABLE user_account (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL,
  display_name TEXT NOT NULL,
  roles TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  demo INTEGER NOT NULL,
  absent_from INTEGER,
  absent_to INTEGER,
  deputy TEXT
) STRICT, WITHOUT ROWID;

-- Local to this desk, never synced, never rebuilt: secrets and who is signed in.
CREATE TABLE credential (
  user TEXT NOT NULL PRIMARY KEY,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  -- scrypt's cost, as log2 N: a later desk may ask for more and still know the old ones.
  cost INTEGER NOT NULL,
  must_change INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- By digest of what was typed: people type passwords into the login field, too.
CREATE TABLE sign_in_failure (
  login BLOB NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  at INTEGER NOT NULL,
  locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  token BLOB NOT NULL PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  user TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_user ON session (user);
