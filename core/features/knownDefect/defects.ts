import type { DefectRow } from '#shared/contract/knownDefect.ts'
import { headOf } from '../../kernel/readState.ts'
import { all, type ReadableDb } from '../../store/sql.ts'

interface Row {
  id: string
  title: string
  model: string
  symptoms: string
  firmware: string | null
  advice: string
  active: number
  demo: number
}

/** Known defects are few: dozens, not thousands. */
export function readDefects(db: ReadableDb): DefectRow[] {
  const rows = all<Row & { head: string; open_orders: number }>(
    db,
    `SELECT d.*, ${headOf("'knownDefect:' || d.id")} AS head,
       (SELECT coalesce(sum(open), 0) FROM board_count WHERE dimension = 'known_defect' AND value = d.id) AS open_orders
     FROM known_defect AS d ORDER BY d.active DESC, d.model, d.title, d.id`,
  )
  return rows.map((row) => ({
    ...defectOf(row),
    title: row.title,
    advice: row.advice,
    active: row.active === 1,
    demo: row.demo === 1,
    openOrders: row.open_orders,
    head: row.head,
  }))
}

const defectOf = ({ id, model, symptoms, firmware }: Row) => ({
  id,
  model,
  symptoms: JSON.parse(symptoms) as string[],
  firmware,
})

/** The signs of those that orders are marked with. */
export const readActiveDefects = (db: ReadableDb) =>
  all<Row>(db, 'SELECT * FROM known_defect WHERE active = 1').map(defectOf)
