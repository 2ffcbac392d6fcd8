import { createApp, type App } from '#core/app.ts'
import { readPanel } from '#core/features/dispatch/panel.ts'
import { suggestFor } from '#core/features/dispatch/suggestFor.ts'
import { LOCAL } from '#core/kernel/access.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import type { EngineerProfile } from '#shared/domain/roster/types.ts'
import { addDays, instantIn } from '#shared/domain/roster/zoneTime.ts'
import { inFolder, median, percentile, round, type BenchResult } from './support.ts'

const ENGINEERS = 300
const BOOKED = 2000
const ROUNDS = 60
const ZONE = 'Asia/Shanghai'
const MONDAY = '2026-10-19'
const HOUR = 3_600_000
const SKILLS = ['PLC', '伺服', '液压', '触控', '温控', '焊接']
const at = (day: number, time: string): number => instantIn(ZONE, addDays(MONDAY, day), time)
/** Some 60 km around 苏州. */
const placeOf = (n: number) => ({ lat: 31.3 + (((n * 37) % 101) - 50) / 100, lon: 120.6 + (((n * 53) % 97) - 48) / 100 })

const draft = (kind: EventDraft['subject']['kind'], id: string, type: string, data: object): EventDraft => ({ subject: { kind, id }, type, version: 1, data })

/** A service center with so many engineers on shift all week, and so many visits booked for them. */
function fill(app: App): string[] {
  const run = (name: string, input: object, id: string): void => {
    const answer = app.pipeline.execute({ id, name, input, actor: LOCAL.actor })
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
  }
  SKILLS.forEach((name, n) => run('skill.register', { name }, `skill-${n}`))
  for (let e = 0; e < ENGINEERS; e++) {
    run('user.add', { login: `engineer${e}`, displayName: `工程师${e}`, roles: ['engineer'] }, `add-${e}`)
    const engineer = `engineer${e}`
    const skills: EngineerProfile['skills'] = [0, 1, 2].map((k) => ({ skill: `skill-${(e + k) % SKILLS.length}`, level: (((e + k) % 3) + 1) as 1 | 2 | 3, certificate: '', validUntil: null }))
    const lunch = { from: '11:30', to: '13:30', minutes: 45 }
    run('roster.setProfile', { engineer, skills, home: { ...placeOf(e), name: '' }, territory: { name: '苏州', radiusKm: 40 }, overtimeMin: 60, lunch }, `profile-${e}`)
    const shifts = [0, 1, 2, 3, 4].map((day) => ({ day, start: '08:00', minutes: 540 }))
    run('roster.addRotation', { engineer, from: MONDAY, until: null, cycleDays: 7, shifts }, `rotation-${e}`)
  }
  const orders = Array.from({ length: BOOKED + 40 }, (_, n) => {
    const customer = `customer-${n % 480}`
    if (n < 480) run('customer.register', { name: `客户${n}` }, customer)
    if (n < 480) run('customer.locate', { customer, place: placeOf(n * 7) }, `locate-${n}`)
    return { id: `order-${n}`, customer }
  })
  const commands = orders.map(({ id, customer }, n) => {
    const fields = { customer, model: `VS${n % 8}`, serial: `S${n}`, faultSymptom: `症状${n % 10}`, priority: 'normal', skillsNeeded: [`${SKILLS[n % SKILLS.length]}-L${(n % 3) + 1}`] }
    const entered = { visit: `${id}-1`, stage: 'scheduling', workflowVersion: 1, slaPolicy: 'default', slaVersion: 1, timers: [] }
    const data = { number: `A-261018-${n}`, fields, firstContactAt: at(-1, '09:00'), channel: 'phone', entered, owner: null, promise: null }
    const events: EventDraft[] = [draft('workOrder', id, 'orderRegistered', data)]
    if (n < BOOKED) {
      // Two a day at the most, at 9 and at 14 o'clock.
      const engineer = `engineer${n % ENGINEERS}`
      const turn = Math.floor(n / ENGINEERS)
      const from = at(Math.floor(turn / 2), turn % 2 === 0 ? '09:00' : '14:00')
      const slot = { appointment: `booking-${n}`, order: id, from, to: from + 2 * HOUR }
      events.push(draft('workOrder', id, 'appointmentBooked', { appointment: slot.appointment, engineer, from, to: slot.to }))
      events.push(draft('engineerDay', `${engineer}/${addDays(MONDAY, Math.floor(turn / 2))}`, 'slotBooked', slot))
    }
    return { commandId: `make-${n}`, events }
  })
  const ingested = app.pipeline.ingest(commands, LOCAL.actor)
  if (!ingested.ok) throw new Error(ingested.refusal.code)
  return orders.slice(BOOKED).map(({ id }) => id)
}

/**
 * (i) Suggestions for one order over a week, at 300 engineers and 2,000 booked jobs, ÷ the floor: fetching the rows of
 * those engineers and jobs once and nothing else.
 */
export async function suggestions(): Promise<BenchResult> {
  return inFolder((folder) => {
    let now = at(-1, '10:00')
    const app = createApp({ data: folder, clock: () => now, warn: () => undefined })
    try {
      const waiting = fill(app)
      now = at(0, '07:00')
      const floor = (): unknown[] => [
        app.db.raw.prepare('SELECT * FROM engineer_slot').all(),
        app.db.raw.prepare('SELECT * FROM engineer_skill').all(),
        app.db.raw.prepare('SELECT u.*, p.* FROM user_account AS u JOIN engineer_profile AS p ON p.engineer = u.id').all(),
      ]
      const [times, floors, worked]: [number[], number[], number[]] = [[], [], []]
      /** What the processor spent, ms: others on the machine do not count. */
      const spent = (since: NodeJS.CpuUsage): number => {
        const { user, system } = process.cpuUsage(since)
        return (user + system) / 1000
      }
      let [options, leftOut] = [0, 0]
      for (let n = 0; n < ROUNDS; n++) {
        const order = waiting[n % waiting.length] as string
        const [begun, used] = [performance.now(), process.cpuUsage()]
        const found = suggestFor(app.db, now, order, { limit: 10 })
        times.push(performance.now() - begun)
        worked.push(spent(used))
        options += found?.options.length ?? 0
        leftOut += found?.leftOut.length ?? 0
        const bare = process.cpuUsage()
        floor()
        floors.push(spent(bare))
      }
      // The first ones prepare statements and warm the caches, as the first question of a day does.
      const span = { from: at(0, '00:00'), to: at(1, '00:00') }
      const used = process.cpuUsage()
      for (let n = 0; n < 5; n++) readPanel(app.db, now, { span, text: '', ways: true })
      const panelMs = spent(used) / 5
      const [warm, own] = [times.slice(5), worked.slice(5)]
      return {
        name: 'i. suggestions for an order',
        of: `${ENGINEERS} engineers, ${BOOKED} booked jobs, a week ahead ÷ reading their rows, time of the processor`,
        ratio: round(median(own) / median(floors.slice(5))),
        bound: { most: 15 },
        seen: {
          'ms, median': round(median(warm)),
          'ms, p95': round(percentile(warm, 0.95)),
          'ms of the processor, median': round(median(own)),
          'ms, a day of the panel': round(panelMs),
          'ms, the first': round(times[0] ?? 0),
          'options each': round(options / ROUNDS, 1),
          'left out with a reason each': round(leftOut / ROUNDS, 1),
          'under 50 ms of the processor': percentile(own, 0.95) < 50 ? 'yes' : 'NO',
        },
      }
    } finally {
      app.close()
    }
  })
}
