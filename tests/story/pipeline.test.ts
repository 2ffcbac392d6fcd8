import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readState } from '#core/kernel/readState.ts'
import { all, run } from '#core/store/sql.ts'
import { openLogDesk } from '../support/logDesk.ts'
import { OrderDesk } from '../support/orderDesk.ts'
import { registered } from '../support/orders.ts'

let desk: OrderDesk
beforeEach(() => (desk = new OrderDesk()))
afterEach(() => desk.close())

describe('a command that is given again', () => {
  /** What a backup without answers, or another desk's events alone, leave. */
  const again = (user: string, name: string, input: object, id: string) => {
    run(desk.spine.db, 'DELETE FROM command_answer')
    const before = desk.spine.log.head.seq
    const result = desk.spine.pipeline.execute({ id, name, input, actor: { kind: 'user', id: user } })
    return { code: result.ok ? null : result.refusal.code, wrote: desk.spine.log.head.seq - before }
  }
  const DONE = { code: 'alreadyDone', wrote: 0 }

  it('is known by its events where its answer is lost: registration, decision, fact and stock', () => {
    const order = desk.register()
    const input = { channel: 'phone', repliedAtCall: true } as const
    expect(again('zhou', 'workOrder.register', input, order)).toEqual(DONE)

    const [moved, noted, received] = [randomUUID(), randomUUID(), randomUUID()]
    const move = desk.on(order)
    desk.as('zhou', 'workOrder.advance', move, moved)
    expect(again('zhou', 'workOrder.advance', move, moved)).toEqual(DONE)
    desk.as('zhou', 'workOrder.addNote', { order, text: '客户很急' }, noted)
    expect(again('zhou', 'workOrder.addNote', { order, text: '客户很急' }, noted)).toEqual(DONE)
    expect(desk.order(order).notes).toBe(1)
    const pieces = { warehouse: 'SH', part: 'TC-9', quantity: 2 }
    desk.as('wu', 'stock.receive', pieces, received)
    expect(again('wu', 'stock.receive', pieces, received)).toEqual(DONE)
    expect(desk.stock('TC-9').onHand).toBe(2)
  })

  it('is refused as before where it was refused', () => {
    const order = desk.register()
    const id = randomUUID()
    const input = { order, base: 'x'.repeat(22) }
    for (let time = 0; time < 2; time++) expect(again('zhou', 'workOrder.advance', input, id)).toEqual({ code: 'stale', wrote: 0 })
  })
})

describe('a command that was refused', () => {
  it('is decided anew under its id, corrected or once the cause is gone', () => {
    const order = desk.register()
    const id = randomUUID()
    const actor = { kind: 'user', id: 'zhou' } as const
    const give = (name: string, input: object) => desk.spine.pipeline.execute({ id, name, input, actor })
    const [answers, head] = [all(desk.spine.db, 'SELECT id FROM command_answer'), desk.spine.log.head]
    const stale = { order, base: 'x'.repeat(22), reason: '误报' }
    expect(give('workOrder.cancel', stale)).toMatchObject({ refusal: { code: 'stale' } })
    expect(give('workOrder.cancel', { ...stale, order: 'o2' })).toMatchObject({ refusal: { code: 'unknownOrder' } })
    expect(all(desk.spine.db, 'SELECT id FROM command_answer')).toEqual(answers)
    expect(desk.spine.log.head).toEqual(head)

    const given = { ...stale, ...desk.on(order) }
    const first = give('workOrder.cancel', given)
    expect(first.ok).toBe(true)
    expect(give('workOrder.cancel', given)).toEqual(first)
    expect(give('workOrder.cancel', stale)).toMatchObject({ refusal: { code: 'commandIdReused' } })
  })
})

describe('a transaction that is rolled back', () => {
  it('leaves nothing remembered of subjects that an erasure folded anew', () => {
    const log = openLogDesk()
    try {
      const { db, subjects } = log.app
      const actor = { kind: 'user', id: 'root' } as const
      log.app.pipeline.execute({ id: 'c1', name: 'customer.register', input: { name: '华星' }, actor })
      const personal = { of: 'customer:c1', data: { contactPhone: '13812345678' } }
      for (const order of ['o1', 'o2']) log.append([{ ...registered(order, { at: log.now }), personal }])
      // In the way of the second order, after the first was folded anew.
      run(db, "INSERT INTO subject_snapshot (subject, folds, hlc, origin, seq, state) VALUES ('workOrder:o2', 0, 0, '', 0, '{}')")
      db.raw.exec("CREATE TEMP TRIGGER in_the_way BEFORE DELETE ON subject_snapshot BEGIN SELECT RAISE(ABORT, 'in the way'); END")
      const erase = { name: 'customer.erase', input: { customer: 'c1', reason: '本人要求' }, actor }
      expect(() => log.app.pipeline.execute({ id: 'erase', ...erase })).toThrow('in the way')
      for (const id of ['o1', 'o2', 'c1']) {
        const kind = id === 'c1' ? 'customer' : 'workOrder'
        expect(subjects.load({ kind, id }).state).toEqual(readState(db, kind, id).state)
      }
    } finally {
      log.close()
    }
  })
})
