/** What a list of orders can show, in the order in which it stands at first. Words: `orders.column.<id>`. */
export const ORDER_COLUMNS = [
  'number',
  'priority',
  'status',
  'stage',
  'due',
  'customer',
  'model',
  'faultSymptom',
  'owner',
  'nextStep',
  'promise',
  'firstContact',
  'serial',
  'faultCategory',
  'engineer',
  'provider',
  'waitsOn',
  'channel',
  'entered',
  'closed',
  'frozen',
  'breached',
  'knownDefect',
] as const
export type OrderColumn = (typeof ORDER_COLUMNS)[number]

/** Shown where nobody chose. */
export const FIRST_COLUMNS: readonly OrderColumn[] = ORDER_COLUMNS.slice(0, 12)
