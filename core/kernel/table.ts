import type * as z from 'zod'
import type { Permission } from '#shared/contract/define.ts'
import { strict } from '#shared/contract/strict.ts'
import type { Cell, TableColumn, TableFormat } from '../output/table.ts'
import type { QueryContext } from './feature.ts'

export interface TableContext extends QueryContext {
  readonly language: 'zh-CN' | 'en'
  readonly format: TableFormat
}

/** Rows as somebody asked for them. */
export interface OpenTable {
  /** Of the sheet, and of the file with the time behind it. */
  readonly title: string
  readonly columns: readonly TableColumn[]
  /** null: too many to have been counted. */
  readonly total: number | null
  /** Reads in pages and lets others have their turn between them. */
  readonly rows: AsyncIterable<readonly Cell[]>
  /** The last row, made when all others are written. */
  readonly footer?: () => readonly Cell[]
  /** The sheets of a book of which this is the first; of CSV, which knows no sheets, this one alone is written. */
  readonly book?: {
    readonly heading: string
    readonly note: string
    readonly pageWords: string
    readonly sheets: readonly Omit<OpenTable, 'book'>[]
  }
}

/** What can be had as a file (`output.open`), each under its own permission. */
export interface RegisteredTable {
  readonly name: string
  readonly permission: Permission
  readonly input: z.ZodType
  readonly open: (input: never, context: TableContext) => OpenTable
}

export function table<Input extends z.ZodType>(definition: {
  readonly name: string
  readonly permission: Permission
  readonly input: Input
  readonly open: (input: z.output<Input>, context: TableContext) => OpenTable
}): RegisteredTable {
  return { ...definition, input: strict(definition.input) } as unknown as RegisteredTable
}
