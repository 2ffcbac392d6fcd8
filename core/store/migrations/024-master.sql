-- Customers that turned out to be another one, and which. Derived; a rebuild writes it anew.
CREATE TABLE customer_merged (
  id TEXT NOT NULL PRIMARY KEY,
  stays TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_merged_stays ON customer_merged (stays);

-- The serials of machines as they are compared: whatever their case and width. Derived.
CREATE TABLE equipment_code (
  id TEXT NOT NULL PRIMARY KEY,
  serial TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX equipment_code_serial ON equipment_code (serial, id);
