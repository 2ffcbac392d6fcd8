import fc from 'fast-check'
import type { StoredEvent } from '#shared/domain/kernel/event.ts'
import { workOrderFold } from '#shared/domain/workOrder/evolve.ts'
import type { PromiseState, WorkOrderEvents } from '#shared/domain/workOrder/events.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'
import { entry } from '../../support/orders.ts'
import { PARTIES, STAGES } from '#shared/domain/workOrder/stages.ts'

export const T0 = Date.UTC(2026, 9, 21, 2)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

type Step = { [Type in keyof WorkOrderEvents]: readonly [type: Type, at: number, data: WorkOrderEvents[Type]] }[keyof WorkOrderEvents]

/** The state after these events, each at so many ms after T0. */
export function told(...steps: readonly Step[]): WorkOrderState {
  return steps.reduce<WorkOrderState>(
    (state, [type, at, data], seq) =>
      workOrderFold.evolve(state, {
        id: `e${seq}`,
        origin: 'a',
        seq,
        hlc: seq,
        at: T0 + at,
        recordedAt: T0 + at,
        subject: { kind: 'workOrder', id: 'o' },
        base: null,
        type,
        version: 1,
        data,
        actor: { kind: 'user', id: 'zhou' },
        cause: 'c',
      } satisfies StoredEvent),
    workOrderFold.initial('o'),
  )
}

let visits = 0
const enter = (stage: (typeof STAGES)[number]) => entry(stage, `v${++visits}`)

export const registered = (more: Partial<WorkOrderEvents['orderRegistered']> = {}, at = 0): Step => [
  'orderRegistered',
  at,
  {
    number: 'A-1',
    fields: {},
    firstContactAt: T0,
    channel: 'email',
    entered: more.imported ? null : enter('intakeReview'),
    owner: null,
    promise: null,
    ...more,
  },
]
export const replied = (at: number): Step => ['firstReplied', at, { by: 'call' }]
export const moved = (at: number, from: (typeof STAGES)[number], to: (typeof STAGES)[number], how: 'forward' | 'sendBack' | 'remoteFix' | 'automatic' = 'forward', promise?: PromiseState): Step => [
  'stageChanged',
  at,
  { from, how, entered: enter(to), ...(promise && { promise }) },
]
export const arrived = (at: number): Step => ['arrivalRecorded', at, { arrivedAt: T0 + at, engineer: 'chen' }]
export const signed = (at: number, kind: 'signature' | 'remoteConfirmation' = 'signature'): Step => ['signatureCaptured', at, { blob: 'b', signedAt: T0 + at, kind }]
export const closed = (at: number, how: WorkOrderEvents['orderClosed']['how'] = 'signature', from: (typeof STAGES)[number] = 'signoff'): Step => ['orderClosed', at, { how, from }]
export const reopened = (at: number, to: (typeof STAGES)[number] = 'diagnosis'): Step => ['orderReopened', at, { reason: 'x', entered: enter(to) }]
export const history = (at: number, to: (typeof STAGES)[number] | 'closed' | null): Step => ['historyRecorded', at, { to }]
export const promised = (at: number, waitsOn: (typeof PARTIES)[number]): Step => ['promiseSet', at, { promise: { step: 'x', waitsOn, by: null }, timers: [] }]

/** A life in the usual order, by hours: reply, diagnosis, conclusion, arrival, field work done, signature. */
export const life = (reply: number, diagnosis: number, conclusion: number, arrival: number, done: number, signature: number): Step[] => [
  registered(),
  replied(reply),
  moved(diagnosis, 'intakeReview', 'diagnosis'),
  moved(conclusion, 'diagnosis', 'partsLock'),
  moved(conclusion, 'partsLock', 'scheduling', 'automatic'),
  moved(conclusion + 1, 'scheduling', 'onsite'),
  arrived(arrival),
  moved(done, 'onsite', 'signoff'),
  signed(signature),
  closed(signature + MINUTE),
]

const offset = fc.integer({ min: -3 * HOUR, max: 90 * HOUR })
const stage = fc.constantFrom(...STAGES)

/** Anything that may happen, in any order and with any times: a fold meets it all. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  offset.map(replied),
  fc.tuple(offset, stage, stage, fc.constantFrom('forward' as const, 'sendBack' as const, 'remoteFix' as const)).map(([at, from, to, how]) => moved(at, from, to, how)),
  offset.map(arrived),
  offset.map((at) => signed(at)),
  fc.tuple(offset, stage, fc.constantFrom('signature' as const, 'remoteConfirmed' as const, 'selfResolved' as const)).map(([at, from, how]) => closed(at, how, from)),
  fc.tuple(offset, stage).map(([at, to]) => reopened(at, to)),
  fc.tuple(offset, fc.constantFrom(...PARTIES)).map(([at, party]) => promised(at, party)),
  fc.tuple(offset, fc.constantFrom(...STAGES, 'closed' as const, null)).map(([at, to]) => history(at, to)),
  fc.tuple(offset, stage).map(([at, from]): Step => ['orderCancelled', at, { reason: 'x', from }]),
)

/** Follows the usual path more often than not, so that orders get far. */
export const anyOrder: fc.Arbitrary<WorkOrderState> = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.integer({ min: 0, max: 30 * HOUR }), { minLength: 6, maxLength: 6 }),
    fc.integer({ min: 1, max: 10 }),
    fc.array(fc.tuple(fc.nat(12), anyStep), { maxLength: 8 }),
  )
  .map(([imported, gaps, length, extra]) => {
    const sums = gaps.reduce<number[]>((list, gap) => [...list, (list.at(-1) ?? 0) + gap], [])
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = sums
    const steps = life(a, b, c, d, e, f).slice(0, length)
    if (imported) steps[0] = registered({ imported: { source: 's' } })
    for (const [place, step] of extra) steps.splice(1 + (place % steps.length), 0, step)
    return told(...steps)
  })
