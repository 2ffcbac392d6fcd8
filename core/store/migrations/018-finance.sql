-- The money of the orders. Derived, but for erp_posting. Amounts are fen.
CREATE TABLE price_item (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  unit_fen INTEGER NOT NULL,
  vat_rate INTEGER NOT NULL,
  cost_fen INTEGER,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE order_finance (
  order_id TEXT NOT NULL PRIMARY KEY,
  step TEXT NOT NULL,
  -- When it reached the step; archived ones are read newest first.
  since INTEGER NOT NULL,
  accepted_at INTEGER,
  field_done_at INTEGER,
  bill TEXT,
  billed_at INTEGER,
  contract TEXT,
  contract_number TEXT,
  coverage TEXT,
  net_fen INTEGER NOT NULL,
  vat_fen INTEGER NOT NULL,
  gross_fen INTEGER NOT NULL,
  reversed_fen INTEGER NOT NULL,
  paid_fen INTEGER NOT NULL,
  due_fen INTEGER NOT NULL,
  invoice TEXT,
  invoice_day TEXT,
  waived INTEGER NOT NULL,
  verified_at INTEGER,
  verified_fen INTEGER,
  -- Verified without a step (METRICS, "revenue confirmation error").
  skipped INTEGER NOT NULL,
  conflicts INTEGER NOT NULL,
  -- When a desk last recorded something of it.
  touched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_finance_step ON order_finance (step, since, order_id);
CREATE INDEX order_finance_due ON order_finance (step, due_fen);

-- What the ledger ought to hold of an order's money: compared with what it does hold.
CREATE TABLE ledger_due (
  key TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  receivable INTEGER NOT NULL,
  bank INTEGER NOT NULL,
  deferred INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  vat INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_due_order ON ledger_due (order_id, key);
CREATE INDEX ledger_due_source ON ledger_due (source, key);

-- Parts that orders were issued: what the ledger ought to hold of them.
CREATE TABLE part_due (
  order_id TEXT NOT NULL,
  line TEXT NOT NULL,
  part TEXT NOT NULL,
  warehouse TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_entry (
  event TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- Natural month in the company's zone, 2026-10; the month that it counts in depends on the locks.
  month TEXT NOT NULL,
  origin TEXT NOT NULL,
  seq INTEGER NOT NULL,
  receivable INTEGER NOT NULL,
  bank INTEGER NOT NULL,
  deferred INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  vat INTEGER NOT NULL,
  parts_cost INTEGER NOT NULL,
  inventory INTEGER NOT NULL,
  part TEXT,
  warehouse TEXT,
  quantity INTEGER,
  corrects TEXT,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_entry_month ON ledger_entry (month, order_id, event);
CREATE INDEX ledger_entry_part ON ledger_entry (month, order_id, event) WHERE part IS NOT NULL;
CREATE INDEX ledger_entry_odd ON ledger_entry (month, order_id, event) WHERE kind IN ('reversal', 'correction');
CREATE INDEX ledger_entry_arrival ON ledger_entry (month, origin, seq);
CREATE INDEX ledger_entry_order ON ledger_entry (order_id, month, receivable, origin, seq, event);
CREATE INDEX ledger_entry_key ON ledger_entry (key, event);

-- Local to this desk: what is on its way to the books, with the key that is sent along on every try.
CREATE TABLE erp_posting (
  key TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  -- What is to be booked, as it was when it happened; of money the amounts are read from ledger_due.
  payload TEXT,
  created_at INTEGER NOT NULL,
  next_attempt_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  booked_at INTEGER,
  last_error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX erp_posting_waiting ON erp_posting (next_attempt_at, key) WHERE booked_at IS NULL;
CREATE INDEX erp_posting_order ON erp_posting (order_id, key);
