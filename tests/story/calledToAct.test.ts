import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Notification } from '#shared/contract/notification.ts'
import { hour, minute } from '../domain/sla/support.ts'
import { NOON, TestDesk } from '../support/desk.ts'

let desk: TestDesk

beforeEach(async () => {
  desk = await TestDesk.demo()
})
afterEach(() => desk.close())

/** As a demo account, signed in anew: between the alarms of a ladder a session ends. */
async function call<Body>(kind: 'command' | 'query', name: string, input: object, login: string): Promise<Body> {
  const token = await desk.signIn(login)
  const { status, body } = await desk.call(kind, name, input, { token })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as Body
}

const register = () =>
  call<{ order: string }>(
    'command',
    'workOrder.register',
    {
      customer: { name: '测试客户' },
      equipment: { model: 'BR-VS4000', serial: 'S100001' },
      channel: 'wechat',
      firstContactAt: desk.now,
      fields: { contactName: '联系人', contactPhone: '13800000000' },
    },
    'dispatcher',
  )

const told = async (login: string): Promise<readonly Notification[]> =>
  (await call<{ notifications: Notification[] }>('query', 'notification.list', {}, login)).notifications

async function sleepUntil(at: number): Promise<void> {
  desk.now = at
  desk.app.start()
  desk.app.tick()
  await desk.app.idle()
}

describe('an order that nobody answers', () => {
  it('calls the dispatcher, who acknowledges by the notification: the director is not called', async () => {
    const { order } = await register()
    await sleepUntil(NOON + 15 * minute)
    const [alarm] = await told('dispatcher')
    expect(alarm).toMatchObject({ kind: 'escalation', order, params: { timer: 'firstReply', level: 1 } })
    desk.now = NOON + hour
    expect(await call('command', 'notification.acknowledge', { id: alarm?.id }, 'dispatcher')).toEqual({ unread: 0 })
    expect((await told('dispatcher'))[0]?.acknowledgedAt).toBe(desk.now)
    await sleepUntil(NOON + 4 * hour)
    expect((await told('director')).filter(({ kind }) => kind === 'escalation')).toEqual([])
    const { timers } = await call<{ timers: object[] }>('query', 'workOrder.explainDeadline', { order }, 'director')
    expect(timers).toMatchObject([{ timer: 'firstReply', settled: { why: 'acted', at: NOON + hour } }])
  })

  it('calls the director when nobody acts, and stands in the daily report', async () => {
    const { order } = await register()
    await sleepUntil(NOON + 2 * hour + 15 * minute)
    expect(await told('director')).toMatchObject([{ kind: 'escalation', order, params: { level: 2, role: 'director' } }])
    const { orders, total } = await call<{ orders: object[]; total: number }>('query', 'escalation.open', {}, 'director')
    expect(total).toBe(1)
    expect(orders).toMatchObject([{ order, timer: 'firstReply', customer: '测试客户', levelsFired: 2 }])
  })

  it('tells an open window of those who were called', async () => {
    const { order } = await register()
    const listened: string[][] = []
    const { features } = await import('#core/features/index.ts')
    const topic = features.flatMap((feature) => feature.topics ?? []).find(({ contract }) => contract.name === 'notification')
    desk.app.pipeline.onCommitted((touched, events) => {
      const message = topic?.publish(touched, events, { db: desk.app.db, now: desk.now }) as { users: string[] } | null
      if (message) listened.push(message.users)
    })
    await sleepUntil(NOON + 15 * minute)
    expect(listened).toEqual([['dispatcher']])
    expect(await told('dispatcher')).toMatchObject([{ order }])
  })
})
