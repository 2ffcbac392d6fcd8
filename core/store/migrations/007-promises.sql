-- Open orders by when their promise breaks; those without one come after all others. No generated column: an index on
-- one covers no count.
ALTER TABLE work_order ADD COLUMN promise_order INTEGER NOT NULL DEFAULT 9000000000000000;
UPDATE work_order SET promise_order = promise_by WHERE promise_by IS NOT NULL;
CREATE INDEX work_order_promise ON work_order (promise_order, id) WHERE status = 'open';
CREATE INDEX work_order_promise_owner ON work_order (owner, promise_order, id, waits_on) WHERE status = 'open';
CREATE INDEX work_order_promise_party ON work_order (waits_on, promise_order, id) WHERE status = 'open';

-- An offer of an order: who made it, when, with which words, and the shift that it is part of.
ALTER TABLE work_order ADD COLUMN handover_by TEXT;
ALTER TABLE work_order ADD COLUMN handover_at INTEGER;
ALTER TABLE work_order ADD COLUMN handover_note TEXT;
ALTER TABLE work_order ADD COLUMN handover_shift TEXT;
CREATE INDEX work_order_offered ON work_order (handover_to, promise_order, id) WHERE status = 'open' AND handover_to IS NOT NULL;
CREATE INDEX work_order_offered_by ON work_order (handover_by, promise_order, id) WHERE status = 'open' AND handover_by IS NOT NULL;

-- Hand-overs of whole shifts, and the orders in each. Derived.
CREATE TABLE shift_handover (
  id TEXT NOT NULL PRIMARY KEY,
  from_user TEXT NOT NULL,
  to_user TEXT NOT NULL,
  by_user TEXT NOT NULL,
  note TEXT NOT NULL,
  offered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX shift_handover_by ON shift_handover (by_user, offered_at, id);
CREATE INDEX shift_handover_from ON shift_handover (from_user, offered_at, id);
CREATE TABLE shift_handover_order (
  shift TEXT NOT NULL,
  order_id TEXT NOT NULL,
  -- accepted, declined, withdrawn, ended, changedHands; null: not answered.
  answer TEXT,
  PRIMARY KEY (shift, order_id)
) STRICT, WITHOUT ROWID;
