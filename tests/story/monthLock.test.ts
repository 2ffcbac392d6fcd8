import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { monthAccounts } from '#shared/contract/monthEnd.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { ask } from '../support/queries.ts'
import { rebuilt } from '../support/projections.ts'

/** A bill of so many fen, dated in March. */
const posted = (order: string, fen: number): EventDraft => ({
  subject: { kind: 'ledger', id: order },
  type: 'ledgerPosted',
  version: 1,
  data: { key: `bill:${order}`, kind: 'bill', source: 'e', voucher: '' },
  money: { receivable: fen, deferred: -fen },
  at: MONDAY,
})

const locked = (month: string, desks: readonly LogDesk[], seen: LogDesk): EventDraft => ({
  subject: { kind: 'month', id: month },
  type: 'monthLocked',
  version: 1,
  data: { heads: Object.fromEntries(desks.map((desk) => [desk.app.log.origin, seen.wires(desk.app.log.origin).length])), entries: 0 },
})

describe('a locked month and what arrives late', () => {
  let a: LogDesk
  let b: LogDesk
  beforeEach(() => {
    a = openLogDesk(MONDAY)
    b = openLogDesk(MONDAY - 1000)
  })
  afterEach(() => {
    a.close()
    b.close()
  })

  const tell = (from: LogDesk, to: LogDesk): void => void to.app.pipeline.receive(from.origins().flatMap((origin) => from.wires(origin)))
  const billed = async (desk: LogDesk, month: string): Promise<number> => {
    const { accounts } = await ask(desk.asked, monthAccounts, { month })
    return accounts.find(({ account }) => account === 'receivable')?.debit ?? 0
  }
  const months = async (desk: LogDesk): Promise<number[]> => Promise.all(['2026-03', '2026-04', '2026-05'].map((month) => billed(desk, month)))

  it('counts it in the next open month, the same on every desk and after a rebuild', async () => {
    a.append([posted('o1', 1)])
    b.append([posted('o2', 20)])
    tell(b, a)
    a.append([locked('2026-03', [a, b], a)])
    // B knows nothing of the lock yet and books in March.
    b.append([posted('o3', 300)])
    tell(b, a)
    expect(await months(a)).toEqual([21, 300, 0])
    expect(await months(b)).toEqual([320, 0, 0])
    tell(a, b)
    expect(await months(b)).toEqual([21, 300, 0])
    a.append([locked('2026-04', [a, b], a)])
    b.append([posted('o4', 4000)])
    tell(b, a)
    tell(a, b)
    expect([await months(a), await months(b)]).toEqual([
      [21, 300, 4000],
      [21, 300, 4000],
    ])
    rebuilt(a.app)
    expect(await months(a)).toEqual([21, 300, 4000])
    const opening = await ask(a.asked, monthAccounts, { month: '2026-05' })
    expect(opening.accounts.find(({ account }) => account === 'receivable')).toMatchObject({ opening: 321, debit: 4000, closing: 4321 })
    expect(opening.late).toBe(1)
  })

  it('keeps an entry that another desk booked under the same key before, and told of after the lock', async () => {
    // The clock of B is behind: its copy of the same command stands earlier in the order of truth.
    b.append([posted('o1', 7)], { id: 'book-bill:o1' })
    a.append([posted('o1', 7)], { id: 'book-bill:o1' })
    a.append([locked('2026-03', [a], a)])
    expect(await months(a)).toEqual([7, 0, 0])
    tell(b, a)
    expect(await months(a)).toEqual([7, 0, 0])
  })

  it('takes the first of two locks of a month; the other is kept as a lost decision', async () => {
    a.append([posted('o1', 1)])
    a.append([locked('2026-03', [a], a)])
    b.append([locked('2026-03', [b], b)])
    tell(b, a)
    tell(a, b)
    const origins = (desk: LogDesk): unknown => desk.app.db.raw.prepare('SELECT origin FROM month_lock_head').all()
    expect(origins(a)).toEqual(origins(b))
    expect(origins(a)).toHaveLength(1)
  })
})
