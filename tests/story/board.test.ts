import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changedCards } from '#core/features/board/stream.ts'
import { askBoard, readColumn } from '#core/features/board/columns.ts'
import { all } from '#core/store/sql.ts'
import { boardPage, type BoardFilter } from '#shared/contract/board.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { MONDAY, openLogDesk, type LogDesk } from '../support/logDesk.ts'
import { ask } from '../support/queries.ts'
import { entry, orderEvent, registered, wallTimer } from '../support/orders.ts'

const HOUR = 3_600_000
let desk: LogDesk
beforeEach(() => (desk = openLogDesk()))
afterEach(() => desk.close())

const column = (stage: StageId, filter: BoardFilter = {}) => readColumn(desk.app.db, stage, askBoard(desk.app.db, filter), 30)
const ids = (stage: StageId, filter: BoardFilter = {}) => column(stage, filter).cards.map((card) => card.id)

describe('the board', () => {
  it('puts the most urgent card first, those without a deadline last', () => {
    desk.append([
      registered('late', { at: MONDAY, limitMs: 3 * HOUR }),
      registered('calm', { at: MONDAY }),
      registered('soon', { at: MONDAY, limitMs: HOUR }),
      registered('calmer', { at: MONDAY + 1 }),
    ])
    expect(ids('intakeReview')).toEqual(['soon', 'late', 'calm', 'calmer'])
    expect(column('intakeReview')).toMatchObject({ open: 4, breached: 0, frozen: 0, next: null })
  })

  it('answers by the contract, in six columns', async () => {
    desk.append([registered('one', { at: MONDAY, fields: { model: 'BR-VS200', serial: 'S1', priority: 'urgent' } })])
    const { columns } = await ask(desk.asked, boardPage, {})
    expect(columns.map(({ stage, open }) => [stage, open])).toEqual([
      ['intakeReview', 1],
      ['diagnosis', 0],
      ['partsLock', 0],
      ['scheduling', 0],
      ['onsite', 0],
      ['signoff', 0],
    ])
    const card = columns[0]?.cards[0]
    expect(card).toMatchObject({ number: 'A-260302-one', model: 'BR-VS200', priority: 'urgent', customer: null })
    expect(card?.head).toBe(desk.app.subjects.load({ kind: 'workOrder', id: 'one' }).last?.id)
  })

  it('pages through a column without losing or repeating a card', () => {
    const orders = Array.from({ length: 25 }, (_, n) => `o${String(n).padStart(2, '0')}`)
    desk.append(orders.map((id, n) => registered(id, { at: MONDAY, ...(n % 3 && { limitMs: HOUR * (n % 5) + 1 }) })))
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = readColumn(desk.app.db, 'intakeReview', askBoard(desk.app.db, {}), 7, after)
      expect(page.open).toBe(25)
      seen.push(...page.cards.map((card) => card.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toEqual(readColumn(desk.app.db, 'intakeReview', askBoard(desk.app.db, {}), 100).cards.map((card) => card.id))
    expect([...seen].sort()).toEqual(orders)
  })

  it('counts and filters by owner, customer and priority, alone and together', () => {
    desk.append([
      registered('a', { at: MONDAY, owner: 'li', fields: { customer: 'c1', priority: 'high' } }),
      registered('b', { at: MONDAY, owner: 'li', fields: { customer: 'c2' } }),
      registered('c', { at: MONDAY, owner: 'wang', fields: { customer: 'c1', priority: 'high' } }),
    ])
    expect(ids('intakeReview', { owner: 'li' })).toEqual(['a', 'b'])
    expect(ids('intakeReview', { customer: 'c1' })).toEqual(['a', 'c'])
    expect(ids('intakeReview', { priority: 'high', customer: 'c1', owner: 'li' })).toEqual(['a'])
    expect(column('intakeReview', { priority: 'high' }).open).toBe(2)
    expect(column('intakeReview', { priority: 'high', customer: 'c1', owner: 'li' }).open).toBe(1)
    expect(column('intakeReview', { owner: 'nobody' })).toMatchObject({ open: 0, cards: [] })
  })

  it('moves the counts with the order, and leaves no empty count behind', () => {
    const due = MONDAY + HOUR
    desk.append([registered('a', { at: MONDAY, limitMs: HOUR, owner: 'li' })])
    desk.append([
      orderEvent('a', 'timerFired', { visit: 'a-1', timer: 'stage', level: 1, dueAt: due, called: [], role: 'dispatcher', channels: ['inApp'] }, { at: due }),
    ], { actor: { kind: 'system', id: 'scheduler' } })
    expect(column('intakeReview')).toMatchObject({ open: 1, breached: 1 })
    expect(column('intakeReview').cards[0]).toMatchObject({ breached: true, dueAt: due, limitMs: HOUR })
    desk.append([
      orderEvent('a', 'stageChanged', { from: 'intakeReview', how: 'forward', entered: entry('diagnosis', 'a-2', [wallTimer(due, HOUR)]) }),
    ])
    expect(column('intakeReview')).toMatchObject({ open: 0, breached: 0 })
    expect(column('diagnosis', { owner: 'li' })).toMatchObject({ open: 1, breached: 0 })
    desk.append([orderEvent('a', 'orderCancelled', { reason: 'mistake', from: 'diagnosis' })])
    expect(all(desk.app.db, 'SELECT * FROM board_count')).toEqual([])
    expect(all(desk.app.db, 'SELECT * FROM stage_timer WHERE settled IS NULL')).toEqual([])
  })

  it('shows a frozen order without countdown, and tells of pieces that it lost', () => {
    const lock = entry('partsLock', 'a-2', [wallTimer(MONDAY, HOUR)])
    const stock = { subject: { kind: 'stock', id: 'W1/P1' }, version: 1 } as const
    desk.append([
      registered('a', { at: MONDAY }),
      orderEvent('a', 'stageChanged', { from: 'intakeReview', how: 'forward', entered: lock }),
      { ...stock, type: 'partReserved', data: { order: 'a', line: '1', quantity: 1 } },
      orderEvent('a', 'orderFrozen', {
        shortages: [{ line: '1', part: 'P1', warehouse: 'W1', needed: 1, available: 0 }],
        timers: [{ visit: 'a-2', key: 'stage', dueAt: null }],
      }),
    ])
    expect(column('partsLock')).toMatchObject({ open: 1, frozen: 1 })
    expect(column('partsLock').cards[0]).toMatchObject({ frozen: true, paused: true, dueAt: null, conflicts: 1 })
    expect(changedCards(desk.app.db, [{ kind: 'stock', id: 'W1/P1' }]).map((card) => card.id)).toEqual(['a'])
  })
})
