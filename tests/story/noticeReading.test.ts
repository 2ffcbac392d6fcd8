import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notificationsChanged } from '#shared/contract/notification.ts'
import { tell } from '#core/features/notification/reactor.ts'
import { tellOfReceived } from '#core/features/notification/received.ts'
import { readWire } from '#core/store/eventLog.ts'
import { all } from '#core/store/sql.ts'
import { features } from '#core/features/index.ts'
import type { StoredEvent, Subject } from '#shared/domain/kernel/event.ts'
import { TestDesk } from '../support/desk.ts'

const HAN = { principal: { actor: { kind: 'user', id: 'han' }, roles: ['technicalLead'], local: false } } as const
const ZHOU = { kind: 'user', id: 'zhou' } as const

describe('a notice that was read on one desk of a person', () => {
  let office: TestDesk
  let phone: TestDesk
  /** What each desk told its windows. */
  const heard = new Map<TestDesk, { users: string[]; what: string }[]>()
  let order = ''

  beforeAll(() => {
    ;[office, phone] = [new TestDesk(), new TestDesk()]
    for (const desk of [office, phone]) {
      const { pipeline, db, log } = desk.app
      heard.set(desk, [])
      const topic = features.flatMap(({ topics = [] }) => topics).find(({ contract }) => contract.name === notificationsChanged.name)
      pipeline.onCommitted((touched: readonly Subject[], events: readonly StoredEvent[]) => {
        tellOfReceived(db, log.origin, events, desk.now)
        const message = topic?.publish(touched, events, { db, now: desk.now })
        if (message) heard.get(desk)?.push(message as { users: string[]; what: string })
      })
    }
    for (const [login, role] of [['zhou', 'dispatcher'], ['han', 'technicalLead']] as const) {
      command(office, { kind: 'system', id: 'local' }, 'user.add', { login, displayName: login, roles: [role] })
    }
    order = command(office, ZHOU, 'workOrder.register', { channel: 'phone', fields: { faultCategory: '温度', faultSymptom: '波动' } })['order'] as string
    exchange(office, phone)
  })
  afterAll(() => {
    office.close()
    phone.close()
  })

  function command(desk: TestDesk, actor: { kind: 'user' | 'system'; id: string }, name: string, input: object): Record<string, unknown> {
    const result = desk.app.pipeline.execute({ id: crypto.randomUUID(), name, input, actor })
    if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
    return result.value
  }
  const mention = (desk: TestDesk, text: string) => command(desk, ZHOU, 'workOrder.addNote', { order, kind: 'internal', text, mentions: ['han'] })
  const wiresOf = (desk: TestDesk) =>
    all<{ origin: string }>(desk.app.db, 'SELECT DISTINCT origin FROM event').flatMap(({ origin }) => readWire(desk.app.db, origin, 0, 10_000))
  const exchange = (from: TestDesk, to: TestDesk): unknown => to.app.pipeline.receive(wiresOf(from))
  async function unread(desk: TestDesk): Promise<number> {
    desk.now += 1000
    return (await desk.call('query', 'notification.list', {}, HAN)).body['unread'] as number
  }
  const read = async (desk: TestDesk, ids?: string[]): Promise<unknown> => (await desk.call('command', 'notification.markRead', ids ? { ids } : {}, HAN)).body['unread']
  const idsOf = async (desk: TestDesk): Promise<string[]> =>
    ((await desk.call('query', 'notification.list', {}, HAN)).body['notifications'] as { id: string }[]).map(({ id }) => id)

  it('is read on the others, which hear of it at once; once, and only what was there to be read', async () => {
    mention(office, '请看一下')
    mention(office, '再看一下')
    exchange(office, phone)
    expect([await unread(office), await unread(phone)]).toEqual([2, 2])
    const [newest] = await idsOf(office)
    expect(await read(office, [newest as string])).toBe(1)
    heard.get(phone)?.splice(0)
    exchange(office, phone)
    expect(await unread(phone)).toBe(1)
    expect(heard.get(phone)).toMatchObject([{ users: ['han'] }])
    // Read already: nothing more goes into the log.
    const { seq } = office.app.log.head
    expect(await read(office, [newest as string])).toBe(1)
    expect(office.app.log.head.seq).toBe(seq)

    // All of them on the telephone, while a new one came in the office.
    expect(await read(phone)).toBe(0)
    mention(office, '还有一条')
    exchange(phone, office)
    expect(await unread(office)).toBe(1)
    exchange(office, phone)
    expect(await unread(phone)).toBe(1)
  })

  it('is read with all others, also where no event of the log tells of it', async () => {
    await read(office)
    tell(office.app.db, { event: 'report:UW-20261021-1', user: 'han', kind: 'dailyReport', order: null, params: { report: 'UW-20261021-1' }, at: office.now })
    mention(office, '连同日报')
    expect(await unread(office)).toBe(2)
    expect(await read(office)).toBe(0)
    exchange(office, phone)
    expect(await unread(phone)).toBe(0)
  })

  it('is read from the beginning where the desk hears of the reading before the notice', async () => {
    mention(office, '先读后到')
    const late = new TestDesk()
    late.app.pipeline.onCommitted((_touched, events) => tellOfReceived(late.app.db, late.app.log.origin, events, late.now))
    try {
      late.app.pipeline.receive(wiresOf(office).filter(({ text }) => !text.includes('"noteAdded"')))
      await read(office)
      const after = wiresOf(office)
      late.app.pipeline.receive(after.filter(({ text }) => text.includes('"noticesSeen"')))
      late.app.pipeline.receive(after)
      expect([await unread(late), (await idsOf(late)).length]).toEqual([0, 5])
    } finally {
      late.close()
    }
  })
})
