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
