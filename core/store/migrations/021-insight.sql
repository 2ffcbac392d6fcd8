-- Where the time of a closed order went: `piece.party=ms`, by commas; they sum to its total.
CREATE TABLE order_waits (
  order_id TEXT NOT NULL PRIMARY KEY,
  waits TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Days on which an engineer had an appointment, where no roster says who was on shift.
CREATE TABLE insight_engineer_day (
  day INTEGER NOT NULL,
  engineer TEXT NOT NULL,
  PRIMARY KEY (day, engineer)
) STRICT, WITHOUT ROWID;

-- Limits that passed in a period, of chosen orders.
CREATE INDEX stage_timer_broken ON stage_timer (fired_at, stage, order_id) WHERE fired_at IS NOT NULL;
