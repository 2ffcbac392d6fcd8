import { recognise } from '#shared/domain/knownDefect/match.ts'
import type { Channel, Priority, StageId } from '#shared/domain/workOrder/stages.ts'
import { isWeak, type Customer, type Machine } from './fleet.ts'
import type { Random } from './random.ts'
import { faults, master, type Fault } from './resources.ts'
import { MINUTE } from './workHours.ts'

/** What is settled about an order before anybody calls. */
export interface Plan {
  readonly id: string
  readonly contactAt: number
  readonly random: Random
  readonly customer: Customer
  readonly machine: Machine
  readonly fault: Fault
  readonly channel: Channel
  readonly priority: Priority
  /** Set: it moves fast up to this stage and stays there, so that the board of today shows something of each. */
  readonly hold?: Hold
}

export interface Hold {
  readonly stage: StageId
  /** Minutes from entering the stage to now. */
  readonly minutes: number
  readonly how?: 'frozen' | 'waiting' | 'dispatch'
  /** What ails the machine is a known defect. */
  readonly known?: true
}

/** Due soon, broken, long broken, frozen and waiting on the customer, by the limits of the default policy. */
const HOLDS: readonly Hold[] = [
  { stage: 'intakeReview', minutes: 4 },
  { stage: 'diagnosis', minutes: 112 },
  { stage: 'partsLock', minutes: 1600, how: 'frozen' },
  { stage: 'scheduling', minutes: 1405 },
  { stage: 'onsite', minutes: 205 },
  { stage: 'signoff', minutes: 227 },
  { stage: 'intakeReview', minutes: 13 },
  { stage: 'diagnosis', minutes: 21, known: true },
  { stage: 'partsLock', minutes: 90 },
  { stage: 'scheduling', minutes: 65, known: true },
  { stage: 'onsite', minutes: 466 },
  { stage: 'signoff', minutes: 35 },
  { stage: 'intakeReview', minutes: 47 },
  { stage: 'diagnosis', minutes: 163 },
  { stage: 'partsLock', minutes: 310, how: 'frozen' },
  { stage: 'scheduling', minutes: 2100 },
  { stage: 'onsite', minutes: 70 },
  { stage: 'signoff', minutes: 410 },
  { stage: 'intakeReview', minutes: 8 },
  { stage: 'diagnosis', minutes: 78, known: true },
  { stage: 'partsLock', minutes: 3050, how: 'frozen' },
  { stage: 'scheduling', minutes: 900, how: 'waiting' },
  { stage: 'onsite', minutes: 570 },
  { stage: 'signoff', minutes: 140 },
  { stage: 'diagnosis', minutes: 320 },
  { stage: 'partsLock', minutes: 1395 },
  { stage: 'scheduling', minutes: 610 },
  { stage: 'signoff', minutes: 1500 },
  // What a dispatcher has before him in the morning: some of these get an appointment, some wait for one.
  ...[30, 55, 80, 120, 150, 190, 240, 280, 330, 380, 430, 500, 560, 640, 720, 820, 1000, 1200].map(
    (minutes): Hold => ({ stage: 'scheduling', minutes, how: 'dispatch' }),
  ),
]

/** Minutes from first contact to entering a stage at the pace of a held order. */
export const FAST: Readonly<Record<StageId, number>> = {
  intakeReview: 1,
  diagnosis: 20,
  partsLock: 50,
  scheduling: 50,
  onsite: 80,
  signoff: 180,
}

const CHANNELS: readonly { readonly channel: Channel; readonly weight: number }[] = [
  { channel: 'phone', weight: 54 },
  { channel: 'wechat', weight: 26 },
  { channel: 'email', weight: 8 },
  { channel: 'portal', weight: 9 },
  { channel: 'onsite', weight: 2 },
  { channel: 'other', weight: 1 },
]
const PRIORITIES: readonly { readonly priority: Priority; readonly weight: number }[] = [
  { priority: 'low', weight: 9 },
  { priority: 'normal', weight: 68 },
  { priority: 'high', weight: 17 },
  { priority: 'urgent', weight: 6 },
]
/** Of all orders, those of the weak series with a failing touch screen: a small desk has to show enough of them. */
const WEAK_SHARE = 0.035
const WEAK_ENOUGH = { orders: 36, share: 0.13, from: 130 }
const weakShare = (orders: number): number =>
  orders < WEAK_ENOUGH.from ? WEAK_SHARE : Math.min(WEAK_ENOUGH.share, Math.max(WEAK_SHARE, WEAK_ENOUGH.orders / orders))

const isKnown = ({ model, firmware }: Machine, { symptom }: Fault): boolean =>
  recognise(master.knownDefects, { model, symptom, firmware }) !== null

/** Every order of the demo desk, in the order of their first contacts. */
export function plansFor(random: Random, customers: readonly Customer[], contacts: readonly number[], until: number): Plan[] {
  const holds = HOLDS.slice(0, Math.min(HOLDS.length, Math.floor(contacts.length / 3)))
  // The last contacts of the natural course make way.
  const natural = contacts.slice(0, contacts.length - holds.length).map((at) => ({ at, hold: undefined }))
  const held = holds.map((hold) => ({ at: until - (hold.minutes + FAST[hold.stage]) * MINUTE, hold }))
  const weak = customers.flatMap((customer) => customer.machines.filter(isWeak).map((machine) => ({ customer, machine })))
  const known = customers.flatMap((customer) =>
    customer.machines.flatMap((machine) => faults.filter((fault) => isKnown(machine, fault)).map((fault) => ({ customer, machine, fault }))),
  )
  const share = weakShare(natural.length)
  const all = [...natural, ...held].sort((a, b) => a.at - b.at)
  return all.map(({ at, hold }, index) => {
    const own = random.fork(index)
    const planted = weak.length > 0 && !hold && own.chance(share)
    const customer = own.weighted(customers)
    const { customer: whose, machine } = planted ? own.pick(weak) : { customer, machine: own.pick(customer.machines) }
    return {
      id: `demo-o${String(index + 1).padStart(5, '0')}`,
      contactAt: at,
      random: own,
      customer: whose,
      machine,
      fault: planted ? (faults[own.chance(0.65) ? 0 : 1] as Fault) : own.weighted(faults),
      channel: hold?.stage === 'intakeReview' ? 'wechat' : own.weighted(CHANNELS).channel,
      priority: own.weighted(PRIORITIES).priority,
      ...(hold && { hold }),
      ...(hold?.known && known.length > 0 && own.fork('known').pick(known)),
    }
  })
}
