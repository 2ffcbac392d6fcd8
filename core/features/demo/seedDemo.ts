import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { StockState } from '#shared/domain/stock/fold.ts'
import { localLedger } from '../../connectors/erp/ledger.ts'
import { createApp, type App } from '../../app.ts'
import { all, one, run, type WritableDb } from '../../store/sql.ts'
import { makeDemo } from '../session/demo.ts'
import { bookDue } from '../erp/bookkeeper.ts'
import { Cashier, plantPrices } from './cashier.ts'
import { contactTimes } from './demand.ts'
import type { DemoDesk } from './desk.ts'
import { found } from './fleet.ts'
import { lastDay } from './lastDay.ts'
import { plantContracts, plantMaster } from './masterData.ts'
import { OrderLife } from './orderLife.ts'
import { draw } from './pictures.ts'
import { plansFor } from './plan.ts'
import { Random } from './random.ts'
import { plantRoster } from './roster.ts'
import { absences, hire, user } from './staff.ts'
import { Store } from './store.ts'
import { DAY, MINUTE } from './workHours.ts'
import { World } from './world.ts'

export interface DemoOptions {
  /** A data folder without orders; made when absent. */
  readonly data: string
  readonly orders?: number
  /** How far back the first contact lies. */
  readonly months?: number
  readonly seed?: number
  /** UTC ms at which the tale ends; absent: now. */
  readonly until?: number
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface DemoSummary {
  readonly orders: number
  readonly events: number
  readonly seed: number
  readonly from: number
  readonly until: number
}

/** What a demo desk shows on its first start: seconds, not a minute. */
export const SMALL_DEMO = { orders: 400, months: 2, seed: 1 } as const

const MONTH = 30.4375 * DAY
/** Orders a day that the store rooms of `resources/demo` are made for. */
const USUAL_RATE = 28

/**
 * Fills an empty desk with the life of a service center, through the commands that people use and with timers firing
 * at their instants. The same arguments make the same events: only salts, the desk's own name and its key differ.
 * Refuses with `notEmpty` where there are orders, `demoStopped`; throws a DataFolderError as `createApp` does.
 */
export async function seedDemo(options: DemoOptions): Promise<Result<DemoSummary>> {
  const { data, orders = 5000, months = 6, seed = 1, until = Date.now(), progress, signal } = options
  const from = until - Math.round(months * MONTH)
  const clock = { now: from - DAY }
  const app = createApp({ data, clock: () => clock.now, program: 'seed' })
  try {
    if (one(app.db, "SELECT 1 FROM event WHERE type = 'orderRegistered' LIMIT 1")) return refuse('notEmpty')
    // Within a tale that can be told again, a power cut may cost the last second, never the order of things.
    app.db.raw.pragma('synchronous = NORMAL')
    if (!(await makeDemo(app))) return refuse('notEmpty')
    const random = new Random(`loopdesk demo ${seed}`)
    const { db, pipeline, subjects } = app
    const world = new World({ db, pipeline, subjects, prefix: `demo${seed}`, clock })
    const staff = hire(world, random.fork('staff'))
    await makeDemo(app)
    const stateOf = (stock: string) => subjects.load<StockState>({ kind: 'stock', id: stock }).state
    const store = new Store({ world, random: random.fork('store'), keeper: staff.of.partsKeeper[0] ?? 'parts', stateOf })
    store.fill(Math.max(0.35, orders / ((until - from) / DAY) / USUAL_RATE))
    const count = customersFor(orders)
    const fleet = Math.min(14, Math.max(3, (orders * 0.3) / count))
    const customers = found(world, random.fork('customers'), { count, fleet, year: new Date(from).getUTCFullYear() })
    plantMaster(world, staff)
    plantPrices(world)
    plantContracts(world, staff, random.fork('contracts'), customers, until)
    const desk: DemoDesk = {
      world,
      staff,
      store,
      signatures: await draw(app.blobs, random, 'signature', 4),
      evidence: await draw(app.blobs, random, 'evidence', 6),
      lastOf: new Map(),
    }
    const contacts = contactTimes(random.fork('demand'), orders, from, until)
    world.add(from, store.rounds())
    world.add(from, new Cashier({ world, random: random.fork('cashier'), db }).days())
    world.add(from, absences(world, staff, random.fork('absences')))
    world.add(from, lastDay(world, staff, until))
    const plans = plansFor(random.fork('orders'), customers, contacts, until)
    for (const plan of plans) world.add(plan.contactAt, new OrderLife(desk, plan).live())
    world.add(until - MINUTE, plantRoster(desk, random.fork('roster'), { customers, plans, until }))
    const told = (now: number): void => progress?.(Math.max(0, now - from), until - from)
    if (!(await world.run(until, told, signal))) return refuse('demoStopped')
    await closeBooks(app)
    tellNobody(db, until)
    const events = app.log.head.seq
    app.db.raw.pragma('synchronous = FULL')
    return accept({ orders, events, seed, from, until })
  } finally {
    app.close()
  }
}

/** The books have all of it, and every month before the last one is locked. */
async function closeBooks({ db, pipeline, clock }: App): Promise<void> {
  await bookDue({ db, pipeline, clock, books: localLedger(pipeline) })
  const months = all<{ month: string }>(db, 'SELECT DISTINCT month FROM ledger_entry ORDER BY month')
  for (const { month } of months.slice(0, -2)) {
    pipeline.execute({ id: `demo-lock-${month}`, name: 'monthEnd.lock', input: { month }, actor: user('finance') })
  }
}

const READ_AFTER = 2 * DAY

/** What left the house in the tale leaves it no more; what was told long ago has been read. */
function tellNobody(db: WritableDb, until: number): void {
  run(db, 'DELETE FROM outbox')
  run(db, 'UPDATE notification SET read_at = created_at WHERE created_at < ?', until - READ_AFTER)
}

/** As many as the reference case would have for such a load, a small desk fewer. */
const customersFor = (orders: number): number => Math.min(120, Math.max(12, Math.round(orders / 6)))
