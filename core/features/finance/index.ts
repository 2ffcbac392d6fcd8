import { bookAgain, getFinance, listFinance, reconcile } from '#shared/contract/finance.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { query, service, type Feature } from '../../kernel/feature.ts'
import { one, type ReadableDb } from '../../store/sql.ts'
import { enqueuePostings } from '../erp/queue.ts'
import { bookMissing } from '../erp/again.ts'
import { financeCommands } from './commands.ts'
import { countSteps, listSteps } from './list.ts'
import { financeProjection, issuedParts } from './projection.ts'
import { BALANCES, readDifferences, underWay } from './reconcile.ts'
import { readSheet } from './sheet.ts'

/** 财务四阶确认: from the accepted order to the archive. */
export const finance: Feature = {
  name: 'finance',
  commands: financeCommands,
  services: [service(bookAgain, ({ order }, { db, clock }) => accept({ queued: bookMissing(db, order, clock()) }))],
  queries: [
    query(listFinance, (input, { db, now }) => ({ now, ...listSteps(db, input), counts: countSteps(db) })),
    query(getFinance, ({ order }, { db, now }) => readSheet(db, order, now)),
    query(reconcile, async ({ limit }, { db, now }) => {
      const found = await readDifferences(db, limit + 1)
      return {
        now,
        differences: found.slice(0, limit),
        more: found.length > limit,
        underWay: underWay(db),
        balances: one<Record<string, number>>(db, BALANCES) ?? {},
        owedFen: owed(db),
      }
      // Over all months it takes longer than a slice of the writer's time.
    }, 'studies'),
  ],
  projections: [financeProjection, issuedParts],
  reactors: [enqueuePostings],
}

const owed = (db: ReadableDb): number =>
  one<{ fen: number | null }>(db, 'SELECT sum(receivable) AS fen FROM ledger_due')?.fen ?? 0
