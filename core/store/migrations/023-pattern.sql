-- By what orders are told apart when faults are looked for that befall some more than others. A pure function of each
-- order; derived, a rebuild writes it anew. Cancelled and merged orders have no row.
CREATE TABLE order_traits (
  order_id TEXT NOT NULL PRIMARY KEY,
  first_contact_at INTEGER NOT NULL,
  machine TEXT,
  category TEXT NOT NULL,
  symptom TEXT NOT NULL,
  model TEXT NOT NULL,
  environment TEXT NOT NULL,
  firmware TEXT NOT NULL,
  batch TEXT NOT NULL,
  solution TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX order_traits_when ON order_traits (first_contact_at);
CREATE INDEX order_traits_machine ON order_traits (machine, first_contact_at) WHERE machine IS NOT NULL;

-- Patterns that were sent to R&D, and what became of them. Derived.
CREATE TABLE fault_pattern (
  id TEXT NOT NULL PRIMARY KEY,
  key TEXT NOT NULL,
  definition TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  sent_by TEXT NOT NULL,
  fixed_on TEXT,
  fix TEXT NOT NULL,
  dismissed_at INTEGER,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX fault_pattern_key ON fault_pattern (key);
