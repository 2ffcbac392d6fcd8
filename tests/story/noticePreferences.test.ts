import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tellOfReceived } from '#core/features/notification/received.ts'
import { Stream } from '#core/gateway/stream.ts'
import type { Principal } from '#core/kernel/access.ts'
import { readSubject } from '#core/store/eventLog.ts'
import { all } from '#core/store/sql.ts'
import { TestDesk } from '../support/desk.ts'

let desk: TestDesk
let token: string
beforeEach(async () => {
  desk = await TestDesk.demo()
  token = await desk.signIn('dispatcher')
})
afterEach(() => desk.close())

const ask = async (name: string, input: object = {}, by = token) => (await desk.call('query', name, input, { token: by })).body
const act = (name: string, input: object, by = token) => desk.call('command', name, input, { token: by })

/** An order with a note that mentions people. */
async function mention(...users: string[]): Promise<{ order: string; event: string }> {
  const by = await desk.signIn('supervisor')
  const { body } = await act('workOrder.register', { channel: 'phone', customer: { name: '振华机械' } }, by)
  const order = body['order'] as string
  expect((await act('workOrder.addNote', { order, text: '请看', mentions: users }, by)).status).toBe(200)
  const [row] = all<{ id: string }>(desk.app.db, "SELECT id FROM event WHERE type = 'noteAdded' ORDER BY hlc DESC")
  return { order, event: row?.id ?? '' }
}

describe('how people want to be told', () => {
  it('is as the company has set it until they choose, and stays with them', async () => {
    const company = { from: '22:00', to: '06:00' }
    await act('setting.change', { name: 'notification.quietHours', value: company }, await desk.signIn('admin'))
    const first = await ask('notification.preferences')
    expect(first).toMatchObject({ chosen: false, preferences: { sound: true, volume: 60, quietHours: { ...company, days: [1, 2, 3, 4, 5, 6, 7] } } })
    const preferences = { ...(first['preferences'] as object), volume: 20, quietHours: null, quietUntil: desk.now + 3_600_000 }
    expect((await act('notification.setPreferences', { preferences })).status).toBe(200)
    // Another browser is another session of the same person.
    expect(await ask('notification.preferences', {}, await desk.signIn('dispatcher'))).toMatchObject({ chosen: true, preferences })
    expect(await ask('notification.preferences', {}, await desk.signIn('lead'))).toMatchObject({ chosen: false })
  })

  it('is refused where it makes no sense', async () => {
    const { preferences } = (await ask('notification.preferences')) as { preferences: object }
    for (const wrong of [{ volume: 101 }, { sounds: { escalation: 'siren' } }, { quietHours: { from: '25:00', to: '06:00', days: [1] } }]) {
      expect((await act('notification.setPreferences', { preferences: { ...preferences, ...wrong } })).body.error?.code).toBe('invalidInput')
    }
  })
})

describe('the notification centre', () => {
  it('can be narrowed, and counts what is unread', async () => {
    await mention('dispatcher')
    const all = await ask('notification.list')
    expect(all).toMatchObject({ unread: 1, unreadOf: { all: 1, mentions: 1, calls: 0, handovers: 0 }, keptDays: { read: 30, unread: 180 } })
    expect((await ask('notification.list', { about: 'mentions' }))['notifications']).toHaveLength(1)
    expect((await ask('notification.list', { about: 'calls' }))['notifications']).toHaveLength(0)
  })

  it('tells the other windows of a person what was read and chosen in one', async () => {
    await mention('dispatcher')
    const stream = new Stream(desk.app)
    const told: object[] = []
    const principal: Principal = { actor: { kind: 'user', id: 'dispatcher' }, roles: ['dispatcher'], local: false }
    stream.subscribe(principal, ['notification'], (text) => told.push((JSON.parse(text) as { message: object }).message))
    await act('notification.markRead', {})
    // Facts of the log are told after the answer.
    await expect.poll(() => told).toHaveLength(1)
    const { preferences } = (await ask('notification.preferences')) as { preferences: object }
    await act('notification.setPreferences', { preferences })
    stream.close()
    await act('notification.markRead', {})
    expect(told).toEqual(['read', 'preferences'].map((what) => ({ now: desk.now, users: ['dispatcher'], what })))
  })

  it('holds what happened at another desk: once, and nothing that is long past', async () => {
    const { order, event } = await mention('dispatcher')
    const { db, log } = desk.app
    db.raw.exec('DELETE FROM notification')
    const stored = readSubject(db, `workOrder:${order}`).filter(({ id }) => id === event)
    expect(stored).toHaveLength(1)
    tellOfReceived(db, log.origin, stored, desk.now)
    expect(await ask('notification.list')).toMatchObject({ unread: 0 })
    tellOfReceived(db, 'anotherDesk', stored, desk.now + 8 * 86_400_000)
    expect(await ask('notification.list')).toMatchObject({ unread: 0 })
    tellOfReceived(db, 'anotherDesk', stored, desk.now)
    tellOfReceived(db, 'anotherDesk', stored, desk.now)
    expect(await ask('notification.list')).toMatchObject({ unread: 1, notifications: [{ kind: 'mention', number: expect.any(String) as string }] })
  })
})
