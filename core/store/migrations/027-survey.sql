-- Links to the rating of an order, by their digest; closed orders whose customer is still to be asked. Derived.
CREATE TABLE survey_link (
  link TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL,
  sent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE survey_due (
  closed_at INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (closed_at, order_id)
) STRICT, WITHOUT ROWID;

-- Parts that were put in when the order closed, one a line.
ALTER TABLE order_traits ADD COLUMN parts TEXT NOT NULL DEFAULT '';
