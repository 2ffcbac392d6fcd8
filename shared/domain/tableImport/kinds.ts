import { CHANNELS, PARTIES, PRIORITIES, STAGES } from '../workOrder/stages.ts'
import { ROLES } from '../user/fold.ts'

/** What a table may hold, a row each. */
export const TABLE_KINDS = ['customers', 'machines', 'parts', 'engineers', 'users', 'orders', 'skills', 'engineerProfiles', 'shifts', 'leaves'] as const
export type TableKind = (typeof TABLE_KINDS)[number]

/** Sets of words that a cell may say; the words themselves are in `tableWords`. */
export const CHOICES = {
  role: ROLES,
  stage: STAGES,
  priority: PRIORITIES,
  channel: CHANNELS,
  party: PARTIES,
} as const
export type ChoiceName = keyof typeof CHOICES

/** How a cell is read. `name`: spelt as it is; `code`: half-width, without spaces at its ends. */
type CellType =
  | { readonly type: 'name' | 'code' | 'login'; readonly max: number }
  | { readonly type: 'phone' | 'quantity' | 'instant' | 'day' | 'list' }
  | { readonly type: 'choice' | 'choices'; readonly choice: ChoiceName }

export type TableColumn = CellType & {
  readonly id: string
  /** A row without it cannot be taken. */
  readonly required?: true
}

const column = (id: string, cell: CellType, required?: 'required'): TableColumn => ({
  id,
  ...cell,
  ...(required && { required: true as const }),
})
const name = (id: string, max: number, required?: 'required') => column(id, { type: 'name', max }, required)
const code = (id: string, max: number, required?: 'required') => column(id, { type: 'code', max }, required)
const login = column('login', { type: 'login', max: 40 })
const phone = (id: string) => column(id, { type: 'phone' })
const day = (id: string, required?: 'required') => column(id, { type: 'day' }, required)
const instant = (id: string, required?: 'required') => column(id, { type: 'instant' }, required)
const choice = (id: string, of: ChoiceName, required?: 'required') => column(id, { type: 'choice', choice: of }, required)

/** The columns of each kind, in the order of the template. */
export const TABLE_COLUMNS: Readonly<Record<TableKind, readonly TableColumn[]>> = {
  customers: [name('name', 200, 'required'), name('contactName', 80), phone('contactPhone'), name('address', 300)],
  machines: [
    code('serial', 80, 'required'),
    code('model', 80, 'required'),
    name('customer', 200),
    code('firmware', 80),
    code('batch', 80),
    day('deliveredOn'),
    day('warrantyUntil'),
    name('location', 120),
  ],
  parts: [
    code('part', 39, 'required'),
    name('name', 120, 'required'),
    name('unit', 20),
    code('warehouse', 39),
    column('quantity', { type: 'quantity' }),
  ],
  engineers: [name('displayName', 80, 'required'), login, phone('phone'), column('skills', { type: 'list' })],
  users: [
    name('displayName', 80, 'required'),
    login,
    column('roles', { type: 'choices', choice: 'role' }, 'required'),
    phone('phone'),
  ],
  orders: [
    code('number', 40),
    name('customer', 200, 'required'),
    name('contactName', 80),
    phone('contactPhone'),
    name('siteAddress', 200),
    code('serial', 80),
    code('model', 80),
    name('faultSymptom', 200, 'required'),
    name('faultCategory', 200),
    choice('priority', 'priority'),
    choice('channel', 'channel'),
    choice('stage', 'stage', 'required'),
    instant('enteredAt'),
    instant('firstContactAt', 'required'),
    instant('firstReplyAt'),
    name('owner', 80),
    name('nextStep', 300),
    choice('waitsOn', 'party'),
    instant('promiseBy'),
  ],
  skills: [name('name', 40, 'required')],
  // A row for each skill of an engineer; what the rows say of the engineer himself is taken from any of them.
  engineerProfiles: [
    name('engineer', 80, 'required'),
    name('skill', 40),
    column('level', { type: 'quantity' }),
    code('certificate', 60),
    day('validUntil'),
    name('home', 120),
    code('lat', 20),
    code('lon', 20),
    name('territory', 60),
    column('radiusKm', { type: 'quantity' }),
    code('vehicle', 39),
    column('overtimeMin', { type: 'quantity' }),
    code('lunchFrom', 10),
    code('lunchTo', 10),
    column('lunchMin', { type: 'quantity' }),
  ],
  // An end no later than the start is on the next day; the same time: 24 hours.
  shifts: [name('engineer', 80, 'required'), day('day', 'required'), code('start', 10, 'required'), code('end', 10, 'required')],
  // Without a time of day: from the begin of the first day to the end of the last.
  leaves: [name('engineer', 80, 'required'), day('from', 'required'), code('start', 10), day('to', 'required'), code('end', 10)],
}

/** The columns that tell one row of a kind from another. */
export const KEY_COLUMN: Readonly<Record<TableKind, string>> = {
  customers: 'name',
  machines: 'serial',
  parts: 'part',
  engineers: 'login',
  users: 'login',
  orders: 'number',
  skills: 'name',
  engineerProfiles: 'engineer',
  shifts: 'engineer',
  leaves: 'engineer',
}

/** Kinds whose rows may name customers or machines that nobody has registered. */
export const REFERS: ReadonlySet<TableKind> = new Set(['machines', 'orders'])

export interface TableOptions {
  /** What a row names and nobody has registered: registered provisionally, or an error of the row. */
  readonly unknown: 'provisional' | 'error'
  /** What is here already and says otherwise than the row. */
  readonly existing: 'update' | 'keep'
  /** How 03/04/2026 is meant; null: it is an error that asks. */
  readonly dayOrder: 'dayFirst' | 'monthFirst' | null
}
export const DEFAULT_OPTIONS: TableOptions = { unknown: 'provisional', existing: 'update', dayOrder: null }

/** Something to say about a cell, or about the row where `column` is null. An error keeps the row out. */
export interface TableIssue {
  /** Row of the spreadsheet, from 1. */
  readonly line: number
  readonly column: string | null
  readonly code: string
  readonly level: 'error' | 'warning'
  readonly params?: Readonly<Record<string, string | number>>
}

/** What becomes of a row. */
export const ROW_ACTIONS = ['create', 'update', 'skip', 'error'] as const
export type RowAction = (typeof ROW_ACTIONS)[number]
export type RowCounts = Readonly<Record<RowAction | 'warning', number>>
export const NO_ROWS: RowCounts = { create: 0, update: 0, skip: 0, error: 0, warning: 0 }

/** Limits of a table. */
export const MOST_ROWS = 200_000
export const MOST_COLUMNS = 200
export const LARGEST_TABLE = 50 * 1024 * 1024
