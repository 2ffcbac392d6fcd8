import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { consoleChannel } from '#core/connectors/notify/console.ts'
import { simulatedChannel, type SimulatedChannel } from '#core/connectors/notify/simulator.ts'
import { tellOfConflicts } from '#core/features/notification/conflicts.ts'
import { notification } from '#core/features/notification/index.ts'
import { Delivery, waitAfter } from '#core/features/outbox/worker.ts'
import { Bulletin } from '#core/kernel/bulletin.ts'
import type { ServiceContext } from '#core/kernel/feature.ts'
import { all, run } from '#core/store/sql.ts'
import type { Notification } from '#shared/contract/notification.ts'
import { hour, shanghai } from '../domain/sla/support.ts'
import { LadderDesk } from '../support/ladderDesk.ts'
import { orderEvent } from '../support/orders.ts'

const MORNING = shanghai('2026-03-02 09:00')
const DAY = 24 * hour

let desk: LadderDesk
let chat: SimulatedChannel
let lines: string[]
let delivery: Delivery

beforeEach(() => {
  desk = new LadderDesk(MORNING)
  desk.user('li', ['technicalLead'])
  desk.user('sun', ['supervisor'])
  desk.user('pan', ['partsKeeper'])
  desk.user('zhou', ['director', 'admin'])
  chat = simulatedChannel()
  lines = []
  delivery = deliver()
})
afterEach(() => {
  delivery.stop()
  desk.close()
})

function deliver(): Delivery {
  const { db, pipeline } = desk.spine
  const channels = { chat, console: consoleChannel((line) => lines.push(line)) }
  return new Delivery({ db, pipeline, clock: () => desk.now, channels, chance: () => 1 })
}

interface Page {
  unread: number
  notifications: Notification[]
}
const listOf = (user: string, input: object = {}): Page => desk.ask('notification.list', input, user)
const kindsOf = (user: string): string[] => listOf(user).notifications.map(({ kind }) => kind)

async function serve(name: string, input: object, user: string): Promise<unknown> {
  const found = notification.services?.find(({ contract }) => contract.name === name)
  if (!found) throw new Error(`no service ${name}`)
  const { db, pipeline } = desk.spine
  const principal = { actor: { kind: 'user', id: user }, roles: ['technicalLead'], local: false }
  const context = { db, pipeline, clock: () => desk.now, principal, token: undefined, exposed: false, bulletin: new Bulletin() }
  return found.handle(found.contract.input.parse(input) as never, context as unknown as ServiceContext)
}

async function deliverAll(): Promise<void> {
  delivery.start()
  delivery.tick()
  await delivery.idle()
}

const outbox = () =>
  all<{ channel: string; attempts: number; delivered_at: number | null; dead_at: number | null; next_attempt_at: number }>(
    desk.spine.db,
    'SELECT channel, attempts, delivered_at, dead_at, next_attempt_at FROM outbox ORDER BY event, channel, recipient',
  )

describe('who is told', () => {
  it('are those whom an escalation calls, in the program and outside', async () => {
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 2 * hour)
    expect(listOf('li')).toMatchObject({
      unread: 1,
      notifications: [
        {
          kind: 'escalation',
          order: 'o1',
          number: 'A-260302-o1',
          params: { timer: 'diagnosis', level: 1, role: 'technicalLead', dueAt: MORNING + 2 * hour },
          createdAt: MORNING + 2 * hour,
        },
      ],
    })
    expect(kindsOf('sun')).toEqual([])
    expect(outbox().map(({ channel }) => channel)).toEqual(['chat', 'sms'])
  })

  it('are the one who is offered an order, and whoever a note names, but not its author', () => {
    desk.order('o1', 'diagnosis')
    desk.append([orderEvent('o1', 'handoverOffered', { to: 'sun' })])
    desk.append([orderEvent('o1', 'noteAdded', { kind: 'internal', mentions: ['li', 'wang'], length: 9 })])
    expect(kindsOf('sun')).toEqual(['handover'])
    expect(kindsOf('li')).toEqual(['mention'])
    expect(kindsOf('wang')).toEqual([])
  })

  it('are owner, supervisors and parts keepers of a freeze, owner and supervisors of a complaint', () => {
    desk.order('o1', 'partsLock', 'li')
    desk.freeze('o1', true)
    desk.append([orderEvent('o1', 'complaintReceived', { cause: 'overtime', channel: 'phone' })])
    expect(kindsOf('li').sort()).toEqual(['complaint', 'frozen'])
    expect(kindsOf('sun').sort()).toEqual(['complaint', 'frozen'])
    expect(kindsOf('pan')).toEqual(['frozen'])
  })

  it('is whoever lost a decision to another desk', () => {
    desk.order('o1', 'diagnosis')
    const moved = orderEvent('o1', 'orderClosed', { how: 'selfResolved', from: 'signoff' })
    desk.append([moved], { kind: 'user', id: 'li' })
    const events = desk.events('o1').map((event) => ({ ...event, origin: 'another' }))
    const { db, log } = desk.spine
    for (let time = 0; time < 2; time++) tellOfConflicts(db, log.origin, [{ kind: 'workOrder', id: 'o1' }], events, desk.now)
    expect(listOf('li').notifications).toMatchObject([
      { kind: 'conflict', params: { type: 'orderClosed', code: 'stageMovedOn' } },
    ])
  })
})

describe('reading', () => {
  beforeEach(() => {
    desk.order('o1', 'diagnosis')
    for (let index = 0; index < 5; index++) {
      desk.now += 1
      desk.append([orderEvent('o1', 'noteAdded', { kind: 'internal', mentions: ['li'], length: 9 })])
    }
  })

  it('goes page by page, newest first', () => {
    const first = listOf('li', { limit: 2 })
    expect(first).toMatchObject({ unread: 5, notifications: [{ createdAt: desk.now }, { createdAt: desk.now - 1 }] })
    const second = listOf('li', { limit: 2, before: first.notifications[1]?.id })
    expect(second.notifications.map(({ createdAt }) => createdAt)).toEqual([desk.now - 2, desk.now - 3])
    // Another's, or forgotten: refused, so that the list begins anew.
    expect(() => listOf('sun', { before: first.notifications[1]?.id })).toThrow('stalePage')
  })

  it("marks one's own as read, one by one or all", async () => {
    const [newest] = listOf('li').notifications
    expect(await serve('notification.markRead', { ids: [newest?.id] }, 'sun')).toMatchObject({ value: { unread: 0 } })
    expect(await serve('notification.markRead', { ids: [newest?.id] }, 'li')).toMatchObject({ value: { unread: 4 } })
    expect(listOf('li', { unreadOnly: true }).notifications).toHaveLength(4)
    expect(await serve('notification.markRead', {}, 'li')).toMatchObject({ value: { unread: 0 } })
  })

  it("refuses to acknowledge another's", async () => {
    const [newest] = listOf('li').notifications
    const id = newest?.id
    expect(await serve('notification.acknowledge', { id }, 'sun')).toMatchObject({ refusal: { code: 'unknownNotification' } })
    expect(await serve('notification.acknowledge', { id }, 'li')).toMatchObject({ value: { unread: 4 } })
    expect(listOf('li').notifications[0]).toMatchObject({ readAt: desk.now, acknowledgedAt: desk.now })
  })

  it('is forgotten a month after, unread half a year after', async () => {
    const [newest] = listOf('li').notifications
    await serve('notification.markRead', { ids: [newest?.id] }, 'li')
    desk.now += 31 * DAY
    await deliverAll()
    expect(listOf('li')).toMatchObject({ unread: 4, notifications: { length: 4 } })
    expect(all(desk.spine.db, 'SELECT * FROM outbox WHERE delivered_at IS NOT NULL')).toEqual([])
    desk.now += 150 * DAY
    await deliverAll()
    expect(listOf('li').notifications).toEqual([])
    expect(outbox()).toEqual([])
  })
})

describe('the outbox', () => {
  beforeEach(async () => {
    desk.order('o1', 'diagnosis')
    await desk.sleepUntil(MORNING + 2 * hour)
  })

  it('sends what waits, and to the console what has no connector', async () => {
    await deliverAll()
    expect(chat.received).toMatchObject([{ recipient: 'li', number: 'A-260302-o1', payload: { kind: 'escalation' } }])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^notify sms to li: escalation diagnosis\/1 of A-260302-o1 \[\S+:sms:li\]$/)
    expect(outbox().every((row) => row.delivered_at !== null && row.attempts === 1)).toBe(true)
    await deliverAll()
    expect(chat.received).toHaveLength(1)
  })

  it('sends again under the same key when the answer was lost, ever more rarely', async () => {
    chat.fail(2, true)
    await deliverAll()
    expect(outbox()[0]).toMatchObject({ attempts: 1, delivered_at: null, next_attempt_at: desk.now + 5_000 })
    desk.now += 5_000
    await deliverAll()
    expect(outbox()[0]).toMatchObject({ attempts: 2, delivered_at: null, next_attempt_at: desk.now + 10_000 })
    desk.now += 10_000
    await deliverAll()
    expect(outbox()[0]).toMatchObject({ attempts: 3, delivered_at: desk.now })
    expect(new Set(chat.received.map(({ key }) => key)).size).toBe(1)
    expect(chat.received).toHaveLength(3)
  })

  it('sends what was under way when the program ended', async () => {
    const port = chat.send.bind(chat)
    let arrived = 0
    Object.assign(chat, {
      send: (message: Parameters<typeof port>[0]) => {
        arrived += 1
        delivery.stop()
        return port(message)
      },
    })
    await deliverAll()
    expect(outbox()[0]?.delivered_at).toBeNull()
    Object.assign(chat, { send: port })
    desk.restart()
    delivery = deliver()
    await deliverAll()
    expect(outbox()[0]?.delivered_at).toBe(desk.now)
    expect(arrived).toBe(1)
    expect(chat.received).toHaveLength(2)
  })

  it('gives up after eight tries and warns the administrators once', async () => {
    run(desk.spine.db, 'UPDATE outbox SET created_at = created_at + 100000000')
    chat.fail(100)
    for (let attempt = 0; attempt < 8; attempt++) {
      await deliverAll()
      desk.now += hour
    }
    expect(outbox()[0]).toMatchObject({ attempts: 8, delivered_at: null })
    expect(outbox()[0]?.dead_at).not.toBeNull()
    expect(chat.received).toEqual([])
    expect(kindsOf('zhou')).toContain('deliveryFailed')
    expect(listOf('zhou').notifications.filter(({ kind }) => kind === 'deliveryFailed')).toHaveLength(1)
  })

  it('does not send an alarm of yesterday', async () => {
    desk.now += 25 * hour
    await deliverAll()
    expect(chat.received).toEqual([])
    expect(lines).toEqual([])
    expect(kindsOf('li')).toEqual(['escalation'])
  })

  it('shows no telephone number on the console', async () => {
    run(desk.spine.db, "UPDATE outbox SET recipient = '13812345678' WHERE channel = 'sms'")
    await deliverAll()
    expect(lines[0]).toContain('to …78:')
    expect(lines.join()).not.toContain('13812345678')
  })
})

describe('the wait after a failure', () => {
  it('doubles from five seconds to an hour, half of it by chance', () => {
    expect([0, 1, 2, 9, 20].map((attempts) => waitAfter(attempts, 1))).toEqual([5_000, 10_000, 20_000, 2_560_000, 3_600_000])
    expect(waitAfter(0, 0)).toBe(2_500)
  })
})
