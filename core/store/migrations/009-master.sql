-- Service providers, service contracts, known defects; what else is known of customers and machines. All derived.
CREATE TABLE service_provider (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  parent TEXT,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX service_provider_name ON service_provider (name, id);
CREATE INDEX service_provider_parent ON service_provider (parent, name, id) WHERE parent IS NOT NULL;

CREATE TABLE known_defect (
  id TEXT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  model TEXT NOT NULL,
  symptoms TEXT NOT NULL,
  firmware TEXT,
  advice TEXT NOT NULL,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE service_contract (
  id TEXT NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,
  customer TEXT NOT NULL,
  kind TEXT NOT NULL,
  all_machines INTEGER NOT NULL,
  -- First and last day, YYYY-MM-DD, both within.
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  coverage TEXT NOT NULL,
  response_hours INTEGER,
  notes TEXT NOT NULL,
  active INTEGER NOT NULL,
  demo INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX service_contract_number ON service_contract (number, id);
CREATE INDEX service_contract_customer ON service_contract (customer, to_day, id);
CREATE INDEX service_contract_ending ON service_contract (to_day, id);

-- Machines that a contract lists; one that covers all of a customer's has no rows here.
CREATE TABLE contract_machine (
  contract TEXT NOT NULL,
  machine TEXT NOT NULL,
  PRIMARY KEY (contract, machine)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_machine_machine ON contract_machine (machine, contract);

ALTER TABLE work_order ADD COLUMN provider TEXT;
ALTER TABLE work_order ADD COLUMN known_defect TEXT;
ALTER TABLE work_order ADD COLUMN firmware TEXT NOT NULL DEFAULT '';
-- Those without one have a lane of their own.
CREATE INDEX work_order_column_provider ON work_order (provider, stage, urgency, entered_at, id) WHERE status = 'open';
CREATE INDEX work_order_column_defect ON work_order (known_defect, stage, urgency, entered_at, id)
  WHERE status = 'open' AND known_defect IS NOT NULL;
CREATE INDEX work_order_provider ON work_order (provider, first_contact_at, id) WHERE provider IS NOT NULL;
CREATE INDEX work_order_defect ON work_order (known_defect, first_contact_at, id) WHERE known_defect IS NOT NULL;
-- Open orders of a model, for a defect that becomes known later.
CREATE INDEX work_order_open_model ON work_order (model, id) WHERE status = 'open';
-- A machine's history, newest first.
DROP INDEX work_order_equipment;
CREATE INDEX work_order_machine ON work_order (equipment, first_contact_at, id) WHERE equipment IS NOT NULL;

-- Served, or left: what was there stays, it is only offered no more.
ALTER TABLE customer ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
CREATE INDEX customer_active_name ON customer (active, name, id);

-- Days, YYYY-MM-DD; the last day of the warranty is within it.
ALTER TABLE equipment ADD COLUMN delivered_on TEXT;
ALTER TABLE equipment ADD COLUMN warranty_until TEXT;
ALTER TABLE equipment ADD COLUMN location TEXT NOT NULL DEFAULT '';
ALTER TABLE equipment ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
