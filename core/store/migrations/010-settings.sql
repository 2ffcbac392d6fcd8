-- What administrators set for the whole service center. Derived: a rebuild writes it anew. (`setting` is this folder's own.)
CREATE TABLE center_setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  event TEXT NOT NULL
) STRICT, WITHOUT ROWID;
