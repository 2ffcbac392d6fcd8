-- What administrators set for the whole service center. Derived: a rebuild writes it anew. (`setting` is this folder's own.)
CREATE TABLE center_setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  event TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What occurs in each thousand events of a chain: `type:…`, `kind:…`, `actor:…`, `backdated`, `imported`. The audit
-- skips thousands that cannot hold what is looked for. Written beside the commands, never by them: full blocks of an
-- append-only log do not change, so that no event pays for another index.
CREATE TABLE audit_block (
  trait TEXT NOT NULL,
  origin TEXT NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY (trait, origin, block)
) STRICT, WITHOUT ROWID;

-- How many blocks of a chain, from its first, are described above.
CREATE TABLE audit_progress (
  origin TEXT NOT NULL PRIMARY KEY,
  blocks INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
