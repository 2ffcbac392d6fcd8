-- Rows of work orders and of what they share. All of it is derived: `rebuild` empties and writes it anew from the log.
-- Natural keys, no rowid, nothing that depends on when or where it was written.

-- One row an order: all that a card shows which its own events tell. Names of customers and users are joined.
CREATE TABLE work_order (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,
  status TEXT NOT NULL,
  stage TEXT NOT NULL,
  priority TEXT NOT NULL,
  customer TEXT,
  equipment TEXT,
  model TEXT NOT NULL,
  serial TEXT NOT NULL,
  fault_category TEXT NOT NULL,
  symptom TEXT NOT NULL,
  owner TEXT,
  handover_to TEXT,
  next_step TEXT,
  waits_on TEXT,
  waits_who TEXT,
  promise_by INTEGER,
  first_contact_at INTEGER NOT NULL,
  entered_at INTEGER NOT NULL,
  closed_at INTEGER,
  -- When the promise of this stage breaks, or broke; null while paused or where no timer runs.
  due_at INTEGER,
  limit_ms INTEGER,
  -- due_at, or a time after every other where there is none: the order of a column.
  urgency INTEGER NOT NULL,
  breached INTEGER NOT NULL,
  frozen INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  demo INTEGER NOT NULL,
  read_only INTEGER NOT NULL,
  -- The last event in the order of truth.
  head TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The first page of a column, and under each single filter.
CREATE INDEX work_order_column ON work_order (stage, urgency, entered_at, id) WHERE status = 'open';
CREATE INDEX work_order_column_priority ON work_order (priority, stage, urgency, entered_at, id) WHERE status = 'open';
CREATE INDEX work_order_column_owner ON work_order (owner, stage, urgency, entered_at, id)
  WHERE status = 'open' AND owner IS NOT NULL;
CREATE INDEX work_order_column_customer ON work_order (customer, stage, urgency, entered_at, id)
  WHERE status = 'open' AND customer IS NOT NULL;
-- Lists, newest first contact first; search by the start of number, serial and model.
CREATE INDEX work_order_recent ON work_order (first_contact_at, id);
CREATE INDEX work_order_customer ON work_order (customer, first_contact_at, id);
CREATE INDEX work_order_number ON work_order (number);
CREATE INDEX work_order_serial ON work_order (serial);
CREATE INDEX work_order_model ON work_order (model);
CREATE INDEX work_order_equipment ON work_order (equipment) WHERE equipment IS NOT NULL;

-- Each stay in a stage, in the order of the order's life.
CREATE TABLE stage_visit (
  order_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  visit TEXT NOT NULL,
  stage TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  left_at INTEGER,
  how TEXT NOT NULL,
  workflow_version INTEGER NOT NULL,
  sla_policy TEXT NOT NULL,
  sla_version INTEGER NOT NULL,
  PRIMARY KEY (order_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Timers of the present visit, and earlier ones that fired. The scheduler reads those due.
CREATE TABLE stage_timer (
  order_id TEXT NOT NULL,
  visit TEXT NOT NULL,
  key TEXT NOT NULL,
  stage TEXT NOT NULL,
  level INTEGER NOT NULL,
  -- Null while paused.
  due_at INTEGER,
  limit_ms INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  -- Why nothing more fires: left, replied, acted, done.
  settled TEXT,
  -- How many levels fired, and when the first did.
  fired INTEGER NOT NULL,
  fired_at INTEGER,
  daily_report INTEGER NOT NULL,
  PRIMARY KEY (order_id, visit, key)
) STRICT, WITHOUT ROWID;
-- Timers of orders that are not open are settled: nothing else needs asking.
CREATE INDEX stage_timer_due ON stage_timer (due_at, order_id) WHERE settled IS NULL AND due_at IS NOT NULL;

-- Live counts of open orders: dimension all, priority, owner or customer.
CREATE TABLE board_count (
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  stage TEXT NOT NULL,
  open INTEGER NOT NULL,
  breached INTEGER NOT NULL,
  frozen INTEGER NOT NULL,
  PRIMARY KEY (dimension, value, stage)
) STRICT, WITHOUT ROWID;

-- What each frozen order waits for, by stock: arriving pieces thaw those frozen longest first.
CREATE TABLE order_shortage (
  stock TEXT NOT NULL,
  since INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  line TEXT NOT NULL,
  needed INTEGER NOT NULL,
  PRIMARY KEY (stock, since, order_id, line)
) STRICT, WITHOUT ROWID;

-- Decisions that lost, of orders themselves and of what they contend for, by the subject where they lost.
CREATE TABLE order_conflict (
  order_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  code TEXT NOT NULL,
  PRIMARY KEY (order_id, subject, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_conflict_subject ON order_conflict (subject);

CREATE TABLE customer (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  contact_name TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  address TEXT NOT NULL,
  provisional INTEGER NOT NULL,
  demo INTEGER NOT NULL,
  erased INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_phone ON customer (contact_phone) WHERE contact_phone <> '';

CREATE TABLE equipment (
  id TEXT NOT NULL PRIMARY KEY,
  customer TEXT,
  model TEXT NOT NULL,
  serial TEXT NOT NULL,
  firmware TEXT,
  batch TEXT,
  provisional INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX equipment_serial ON equipment (serial, id);
CREATE INDEX equipment_model ON equipment (model, serial, id);
CREATE INDEX equipment_customer ON equipment (customer, model, serial, id);

-- One part in one warehouse.
CREATE TABLE part_stock (
  id TEXT NOT NULL PRIMARY KEY,
  warehouse TEXT NOT NULL,
  part TEXT NOT NULL,
  name TEXT NOT NULL,
  unit TEXT NOT NULL,
  on_hand INTEGER NOT NULL,
  reserved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX part_stock_part ON part_stock (part, warehouse);

CREATE TABLE part_reservation (
  stock TEXT NOT NULL,
  order_id TEXT NOT NULL,
  line TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  reserved_at INTEGER NOT NULL,
  PRIMARY KEY (stock, order_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_reservation_order ON part_reservation (order_id);

CREATE TABLE engineer_slot (
  day TEXT NOT NULL,
  appointment TEXT NOT NULL,
  engineer TEXT NOT NULL,
  order_id TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  PRIMARY KEY (day, appointment)
) STRICT, WITHOUT ROWID;
CREATE INDEX engineer_slot_order ON engineer_slot (order_id);
CREATE INDEX engineer_slot_time ON engineer_slot (engineer, from_at);

-- Files that an order shows, by content hash: a file goes with its person only where nobody else's order has it.
CREATE TABLE order_blob (
  blob TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (blob, order_id)
) STRICT, WITHOUT ROWID;

-- Local to this desk, never rebuilt: files to be deleted by law, until they are gone.
CREATE TABLE condemned_blob (
  blob TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
