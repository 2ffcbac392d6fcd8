import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { absence } from '#core/features/absence/index.ts'
import { pace } from '#core/features/pace/index.ts'
import { rescue } from '#core/features/rescue/index.ts'
import { run } from '#core/store/sql.ts'
import type { Endangered } from '#shared/contract/rescue.ts'
import { at, DispatchDesk } from '../support/dispatchDesk.ts'
import { HOUR, MINUTE } from '../support/orderDesk.ts'

const TOUCH = [{ skill: 'touch', level: 2 as const }]

describe('moves that save a visit', () => {
  let desk: DispatchDesk
  beforeEach(() => {
    desk = new DispatchDesk([absence, pace, rescue])
    desk.as('shen', 'skill.register', { name: '触控' }, 'touch')
    // What history teaches: of forty engineers, one in ten came half an hour late.
    for (let n = 0; n < 40; n++) {
      const agreed = desk.now - (n + 2) * 24 * HOUR
      run(
        desk.spine.db,
        'INSERT INTO order_pace (segment, symptom, model, ended_at, order_id, from_at, rest_ms, remote) VALUES (?,?,?,?,?,?,NULL,0)',
        'arrival', '', '', agreed + (n % 10 === 0 ? 30 * MINUTE : 0), `past-${n}`, agreed,
      )
    }
  })
  afterEach(() => desk.close())

  /** Diagnosed on Wednesday at ten: somebody has to be there by Thursday at ten. */
  const urgent = (): string => desk.waiting(['touch'])
  const row = async (order: string): Promise<Endangered> => {
    const { orders } = await desk.ask('zhou', 'rescue.board', { from: 0 })
    const found = orders.find((each) => each.order === order)
    if (!found) throw new Error('not endangered')
    return found
  }

  it('another engineer: who has the skill, is on shift, not on leave, and free with the way there; booked in one tap', async () => {
    desk.engineer('chen', TOUCH)
    desk.engineer('li', [])
    desk.engineer('wang', TOUCH, { shift: '13:00' })
    desk.engineer('zhao', TOUCH)
    desk.engineer('sun', TOUCH)
    desk.as('zhao', 'absence.setOwn', { from: at('00:00'), to: at('23:00'), deputy: 'chen' })
    const order = urgent()
    const busy = desk.waiting(['touch'], 9)
    desk.bookFor(order, ['chen'], at('14:00'))
    desk.bookFor(busy, ['chen'], at('08:00'), 1)
    // Who has left is proposed to nobody; what he was booked for is still told and can be saved.
    desk.engineer('ai', TOUCH)
    for (const user of ['ai', 'chen']) desk.local('user.disable', { user, reason: '离职' })
    desk.now = at('08:00')
    const before = await row(order)
    const move = before.moves.find(({ kind }) => kind === 'otherEngineer')
    expect(move).toMatchObject({ engineer: { id: 'sun' }, saves: true })
    expect(move?.from).toBeLessThan(at('10:00'))
    await desk.served('zhou', 'rescue.apply', { order, base: before.head, kind: 'otherEngineer' })
    expect(desk.order(order).appointment).toMatchObject({ engineer: 'sun', from: move?.from, to: move?.to })
  })

  it('two visits change places where both can be booked, each for as long as it takes; not where one cannot', async () => {
    desk.engineer('chen', TOUCH)
    const order = urgent()
    desk.now += 8 * HOUR
    // Its own limit is Thursday at 18:00; it takes three hours.
    const other = desk.waiting(['touch'])
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(other), minutes: 180 })
    desk.bookFor(order, ['chen'], at('13:30'))
    desk.bookFor(other, ['chen'], at('09:00'), 3)
    desk.now = at('08:00')
    const before = await row(order)
    const move = before.moves.find(({ kind }) => kind === 'swap')
    expect(move).toMatchObject({ engineer: { id: 'chen' }, from: at('09:00'), other: { order: other, from: at('13:30'), to: at('16:30') } })
    await desk.served('zhou', 'rescue.apply', { order, base: before.head, kind: 'swap' })
    expect(desk.order(order).appointment).toMatchObject({ engineer: 'chen', from: at('09:00') })
    expect(desk.order(other).appointment).toMatchObject({ engineer: 'chen', from: at('13:30'), to: at('16:30') })
  })

  it('no exchange with a visit that somebody moved while it was looked at; his booking stands', async () => {
    desk.engineer('chen', TOUCH)
    const order = urgent()
    desk.now += 8 * HOUR
    const other = desk.waiting(['touch'])
    desk.bookFor(order, ['chen'], at('15:00'))
    desk.bookFor(other, ['chen'], at('09:00'))
    desk.now = at('08:00')
    const { head, moves } = await row(order)
    expect(moves.map(({ kind }) => kind)).toContain('swap')
    const looked = desk.ask.bind(desk)
    desk.ask = async (user, name, input) => {
      const answer = await looked(user, name, input)
      desk.bookFor(other, ['chen'], at('12:00'))
      return answer
    }
    expect((await desk.serveRefused('zhou', 'rescue.apply', { order, base: head, kind: 'swap' })).code).toBe('moveGone')
    expect(desk.order(other).appointment).toMatchObject({ engineer: 'chen', from: at('12:00') })
    expect(desk.order(order).appointment).toMatchObject({ engineer: 'chen', from: at('15:00') })
  })

  it('no exchange of a visit that is pinned, nor beyond the end of the shift', async () => {
    desk.engineer('chen', TOUCH)
    const order = urgent()
    desk.now += 8 * HOUR
    const other = desk.waiting(['touch'])
    desk.bookFor(order, ['chen'], at('15:00'))
    desk.bookFor(other, ['chen'], at('09:00'), 3)
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(other), minutes: 360 })
    desk.now = at('08:00')
    expect((await row(order)).moves.map(({ kind }) => kind)).not.toContain('swap')
    desk.as('zhou', 'workOrder.planVisit', { ...desk.on(other), minutes: 60 })
    expect((await row(order)).moves.map(({ kind }) => kind)).toContain('swap')
    desk.as('zhou', 'dispatch.pin', { orders: [other] })
    expect((await row(order)).moves.map(({ kind }) => kind)).not.toContain('swap')
  })
})
