-- Views of pages, and what each person opens a page with. Derived: a rebuild writes them anew.
CREATE TABLE saved_view (
  id TEXT NOT NULL PRIMARY KEY,
  page TEXT NOT NULL,
  name TEXT NOT NULL,
  shared INTEGER NOT NULL,
  owner TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX saved_view_shared ON saved_view (page, name, id) WHERE shared = 1;
CREATE INDEX saved_view_owner ON saved_view (owner, page, name, id);

CREATE TABLE default_view (
  id TEXT NOT NULL PRIMARY KEY,
  view TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who goes there: the engineer of the order's appointment.
ALTER TABLE work_order ADD COLUMN engineer TEXT;

-- Pages of a lane's columns. Orders that nobody owns, and those without a customer, have a lane of their own.
DROP INDEX work_order_column_owner;
DROP INDEX work_order_column_customer;
CREATE INDEX work_order_column_owner ON work_order (owner, stage, urgency, entered_at, id) WHERE status = 'open';
CREATE INDEX work_order_column_customer ON work_order (customer, stage, urgency, entered_at, id) WHERE status = 'open';
CREATE INDEX work_order_column_engineer ON work_order (engineer, stage, urgency, entered_at, id) WHERE status = 'open';
-- Only what is broken, only what is frozen.
CREATE INDEX work_order_column_breached ON work_order (stage, urgency, entered_at, id) WHERE status = 'open' AND breached = 1;
CREATE INDEX work_order_column_frozen ON work_order (stage, urgency, entered_at, id) WHERE status = 'open' AND frozen = 1;

-- Those both broken and frozen: with them every mixture of the two marks is known without counting orders.
ALTER TABLE board_count ADD COLUMN frozen_breached INTEGER NOT NULL DEFAULT 0;
