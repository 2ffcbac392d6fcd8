import type { CommandName } from '#shared/contract/registry.ts'
import type { StateOf } from '#shared/domain/folds.ts'
import type { SubjectKind } from '#shared/domain/kernel/event.ts'
import type { TableIssue, TableOptions } from '#shared/domain/tableImport/kinds.ts'
import type { TableRow } from '#shared/domain/tableImport/row.ts'
import type { ReadableDb } from '../../store/sql.ts'
import type { Known } from './known.ts'

/** What a row is planned against. */
export interface PlanContext {
  readonly db: ReadableDb
  load<Kind extends SubjectKind>(kind: Kind, id: string): StateOf<Kind>
  readonly known: Known
  readonly options: TableOptions
  /** Whoever brought the table. */
  readonly user: string
  /** UTC ms. */
  readonly now: number
  /** Identity of this import: the commands of its rows are named after it. */
  readonly job: string
  /** The name of a person as others see it. */
  nameOf(user: string): string
}

/** A command of a row, as people give it. */
export interface Step {
  readonly id: string
  readonly name: CommandName
  readonly input: Readonly<Record<string, unknown>>
}

export interface RowPlan {
  readonly action: 'create' | 'update' | 'skip' | 'error'
  readonly steps: readonly Step[]
  readonly issues: readonly TableIssue[]
  /** Called once the steps are done, or would be: what later rows may refer to. */
  readonly note?: () => void
}

/** One kind of table: what tells its rows apart, and what is to be done for each. */
export interface Planner {
  /** What tells a row from others of the file; null: nothing does. */
  key(row: TableRow): string | null
  plan(row: TableRow, context: PlanContext): RowPlan
}

/** Reads the values of a row by their kind. */
export const valuesOf = ({ values }: TableRow) => ({
  text: (column: string): string | undefined => {
    const value = values[column]
    return typeof value === 'string' ? value : undefined
  },
  number: (column: string): number | undefined => {
    const value = values[column]
    return typeof value === 'number' ? value : undefined
  },
  list: (column: string): string[] | undefined => {
    const value = values[column]
    return Array.isArray(value) ? [...(value as readonly string[])] : undefined
  },
})

/** Gathers what is to be said of a row. */
export class Issues {
  readonly list: TableIssue[] = []
  readonly #line: number

  constructor(line: number) {
    this.#line = line
  }

  warn(column: string | null, code: string, params?: TableIssue['params']): void {
    this.list.push({ line: this.#line, column, code, level: 'warning', ...(params && { params }) })
  }

  /** @returns the plan of a row that cannot be taken */
  refuse(column: string | null, code: string, params?: TableIssue['params']): RowPlan {
    this.list.push({ line: this.#line, column, code, level: 'error', ...(params && { params }) })
    return { action: 'error', steps: [], issues: this.list }
  }
}

/** The values given that differ from what is known; an empty cell never clears anything. */
export function differences<Field extends string>(
  given: Readonly<Record<Field, string | undefined>>,
  present: Readonly<Record<NoInfer<Field>, string | null>>,
): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {}
  for (const field of Object.keys(given) as Field[]) {
    const value = given[field]
    if (value !== undefined && value !== (present[field] ?? '')) found[field] = value
  }
  return found
}

export const isEmptyObject = (object: object): boolean => Object.keys(object).length === 0
/** The entries that have a value. */
export const given = <Value>(values: Readonly<Record<string, Value | undefined>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Value] => entry[1] !== undefined))
