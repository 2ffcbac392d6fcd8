-- What each subject can be found by (docs/adr/0011). Derived: a rebuild writes all of it anew. The words are not kept,
-- only where they stand; which subject a row of the index belongs to stands beside it.
CREATE VIRTUAL TABLE order_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE customer_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE machine_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE part_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE person_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE contract_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');
CREATE VIRTUAL TABLE defect_search USING fts5(words, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Rows of orders are numbered by what is shown first: open before closed, then by the minute of the first contact.
CREATE TABLE order_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE customer_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE machine_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE part_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE person_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE contract_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE defect_search_row (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

-- Lists of orders: how the customer asked, and each single filter in the order of the first contact.
ALTER TABLE work_order ADD COLUMN channel TEXT NOT NULL DEFAULT 'other';
CREATE INDEX work_order_status ON work_order (status, first_contact_at, id);
CREATE INDEX work_order_owner ON work_order (owner, first_contact_at, id);
CREATE INDEX work_order_due ON work_order (urgency, id) WHERE status = 'open';
CREATE INDEX work_order_closed ON work_order (closed_at, id) WHERE closed_at IS NOT NULL;
-- What a piece of the serial or model finds stands in the index of words.
DROP INDEX work_order_serial;
DROP INDEX work_order_model;
