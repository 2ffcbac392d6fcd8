import { boardColumn, boardPage } from '#shared/contract/board.ts'
import { STAGES } from '#shared/domain/workOrder/stages.ts'
import { query } from '../../kernel/feature.ts'
import { readColumn } from './columns.ts'

export const boardQueries = [
  query(boardPage, ({ filter, perColumn }, { db, now }) => ({
    now,
    columns: STAGES.map((stage) => readColumn(db, stage, filter, perColumn)),
  })),
  query(boardColumn, ({ stage, filter, after, limit }, { db, now }) => ({
    now,
    column: readColumn(db, stage, filter, limit, after),
  })),
]
