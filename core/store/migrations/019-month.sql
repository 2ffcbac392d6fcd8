-- Months of the ledger that were locked, and where each desk's chain stood then. Derived.
CREATE TABLE month_lock (
  month TEXT NOT NULL PRIMARY KEY,
  next_month TEXT NOT NULL,
  locked_at INTEGER NOT NULL,
  locked_by TEXT NOT NULL,
  event TEXT NOT NULL,
  entries INTEGER NOT NULL,
  receivable INTEGER NOT NULL,
  bank INTEGER NOT NULL,
  deferred INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  parts_cost INTEGER NOT NULL,
  inventory INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE month_lock_head (
  month TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (month, origin)
) STRICT, WITHOUT ROWID;
