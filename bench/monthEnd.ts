import { writeXlsxStream } from 'hucre/xlsx'
import { createApp } from '#core/app.ts'
import { monthTable } from '#core/features/monthEnd/table.ts'
import { openFile } from '#core/features/output/open.ts'
import { LOCAL } from '#core/kernel/access.ts'
import type { WritableDb } from '#core/store/sql.ts'
import { inFolder, median, round, type BenchResult } from './support.ts'

const ORDERS = 100_000
const MONTH = '2026-10'
const AT = Date.UTC(2026, 9, 15, 4)
const ROUNDS = 3

/** The month's book of 100,000 orders ÷ the bare sheet writer given the cells of its largest sheet. */
export async function monthEnd(): Promise<BenchResult> {
  return inFolder(async (data) => {
    const now = Date.UTC(2026, 10, 2)
    const app = createApp({ data, clock: () => now })
    try {
      fill(app.db, app.log.origin)
      const context = { db: app.db, now, principal: LOCAL, language: 'zh-CN' } as const
      const ours: number[] = []
      const bare: number[] = []
      let [bytes, most] = [0, 0]
      for (let round = 0; round < ROUNDS; round++) {
        bare.push(await timed(() => bareSheet()))
        globalThis.gc?.()
        const before = process.memoryUsage().heapUsed
        ours.push(
          await timed(async () => {
            const file = openFile(monthTable, { month: MONTH }, 'xlsx', context)
            if (!file.ok) throw new Error(file.refusal.code)
            bytes = 0
            let pieces = 0
            for await (const piece of file.value.bytes) {
              bytes += piece.byteLength
              if (++pieces % 200 !== 0) continue
              globalThis.gc?.()
              most = Math.max(most, process.memoryUsage().heapUsed - before)
            }
          }),
        )
      }
      return {
        name: 'month-end',
        of: `a book of ${ORDERS.toLocaleString()} orders, five sheets, read from the ledger ÷ the bare sheet writer with the cells of one sheet in memory`,
        ratio: round(median(ours) / median(bare)),
        bound: { most: 1.3 },
        seen: {
          'our processor seconds': round(median(ours) / 1000, 1),
          'bare processor seconds': round(median(bare) / 1000, 1),
          'megabytes written': round(bytes / 2 ** 20, 1),
          'heap at most, MB': round(most / 2 ** 20, 1),
        },
      }
    } finally {
      app.close()
    }
  })
}

/** Milliseconds of processor time, of every thread: packing goes on beside the writing. */
async function timed(work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Rows as the projections would leave them: a bill, a receipt and confirmed revenue for each order. */
function fill(db: WritableDb, origin: string): void {
  const order = db.raw.prepare(
    `INSERT INTO order_finance (order_id, step, since, accepted_at, field_done_at, bill, billed_at, contract, contract_number, coverage,
      net_fen, vat_fen, gross_fen, reversed_fen, paid_fen, due_fen, invoice, invoice_day, waived, verified_at, verified_fen, skipped, conflicts, touched_at)
     VALUES (?,'archived',${AT},${AT},${AT},'b',${AT},'k','KJ-2026-001','chargeable',100000,6000,106000,0,106000,0,'26312000000000000001','2026-10-15',0,${AT},106000,0,0,${AT})`,
  )
  const entry = db.raw.prepare(
    `INSERT INTO ledger_entry (event, order_id, key, kind, source, at, month, origin, seq, receivable, bank, deferred, revenue, vat, parts_cost, inventory, reason)
     VALUES (?,?,?,?,'e',${AT},'${MONTH}','${origin}',1,?,?,?,?,?,0,0,'')`,
  )
  db.raw.transaction(() => {
    for (let n = 0; n < ORDERS; n++) {
      const id = `order-${String(n).padStart(6, '0')}`
      order.run(id)
      entry.run(`b${n}`, id, `bill:${n}`, 'bill', 106_000, 0, -106_000, 0, 0)
      entry.run(`p${n}`, id, `receipt:${n}`, 'receipt', -106_000, 106_000, 0, 0, 0)
      entry.run(`v${n}`, id, `revenue:${n}`, 'revenue', 0, 0, 106_000, -100_000, -6_000)
    }
    const due = db.raw.prepare(
      `INSERT INTO ledger_due (key, order_id, kind, source, at, receivable, bank, deferred, revenue, vat)
       SELECT key, order_id, kind, source, at, receivable, bank, deferred, revenue, vat FROM ledger_entry`,
    )
    due.run()
  })()
}

/** The cells of the revenue sheet, already in memory. */
async function bareSheet(): Promise<void> {
  const when = new Date(AT)
  const columns = Array.from({ length: 17 }, (_, index) => ({ header: `列 ${index}`, width: 14, ...(index >= 11 && { numFmt: '#,##0.00' }) }))
  function* rows() {
    for (let n = 0; n < ORDERS; n++) {
      yield [`order-${n}`, '', 'KJ-2026-001', '收费', when, when, when, '26312000000000000001', when, when, '归档', 1060, 1060, 1000, 60, 0, null]
    }
  }
  const reader = writeXlsxStream(rows(), { name: '服务收入', columns, freezePane: { rows: 1 } }).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) void piece.value
}
