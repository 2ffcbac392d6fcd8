import { refuse } from '../kernel/refusal.ts'
import { refuseWorker, type DecisionContext, type Verdict } from './decision.ts'
import { readFields, type FieldInput } from './decideFields.ts'
import type { Fields, PromiseState } from './events.ts'
import { promiseOn } from './moves.ts'
import type { Channel, Party, StageId } from './stages.ts'

/** An open order of another system as it stands. Instants are UTC ms. */
export interface TakeOver {
  /** Its number there; absent: it gets one of this desk. */
  readonly number?: string | undefined
  readonly customer: string
  readonly equipment: string | null
  readonly fields: FieldInput
  readonly stage: StageId
  readonly channel: Channel
  readonly firstContactAt: number
  /** When it came into its stage; absent: now. */
  readonly enteredAt?: number | undefined
  readonly firstReplyAt?: number | undefined
  readonly owner: string
  /** What it lacks is that of the stage. */
  readonly promise?: { readonly step?: string | undefined; readonly waitsOn?: Party | undefined; readonly by?: number | undefined } | undefined
}

const SOURCE = 'table'

/**
 * Registers an order that was begun elsewhere, in the stage where it stands, marked as imported. How long ago things
 * happened needs no permission (METRICS, "Time"), and no timer of today judges the stay that it arrives in; its
 * promise does. From the next stage on it is an order like any other.
 */
export function takeOver(context: DecisionContext, input: TakeOver, nextNumber: () => string): Verdict {
  const { book, commandId: order, now } = context
  if (book.state('workOrder', order).registered) return refuse('orderExists', 'id')
  const { firstContactAt, firstReplyAt, enteredAt = now } = input
  for (const [field, at] of Object.entries({ firstContactAt, enteredAt, firstReplyAt })) {
    if (at !== undefined && at > now) return refuse('futureTime', field)
  }
  const refusedOwner = refuseWorker(context, input.owner, 'owner')
  if (refusedOwner) return refusedOwner
  const workflow = context.workflow()
  const { customer, equipment } = input
  const read = readFields(context, workflow, { ...input.fields, customer, ...(equipment !== null && { equipment }) }, {})
  if (!read.ok) return read
  const fields: Fields = {}
  for (const [field, value] of Object.entries(read.value.plain)) if (value !== null) fields[field] = value
  const personal = Object.entries(read.value.personal).filter(([, value]) => value !== null)
  book.add(
    'workOrder',
    order,
    'orderRegistered',
    {
      number: input.number ?? nextNumber(),
      fields,
      ...(personal.length > 0 && { personalFields: personal.map(([field]) => field) }),
      firstContactAt,
      channel: input.channel,
      entered: null,
      owner: input.owner,
      promise: promiseFor(context, input),
      imported: { source: SOURCE },
    },
    {
      at: firstContactAt,
      ...(personal.length > 0 && { personal: { of: `customer:${customer}`, data: Object.fromEntries(personal) } }),
    },
  )
  if (firstReplyAt !== undefined) book.add('workOrder', order, 'firstReplied', { by: 'call' }, { at: firstReplyAt })
  book.add('workOrder', order, 'historyRecorded', { to: input.stage }, { at: enteredAt })
  return null
}

function promiseFor(context: DecisionContext, { stage, promise, owner }: TakeOver): PromiseState {
  const usual = promiseOn(context, { visit: '', stage, workflowVersion: 0, slaPolicy: '', slaVersion: 0, timers: [] })
  if (!promise) return usual
  const { step, waitsOn = 'us', by } = promise
  if (step === undefined) return { ...usual, ...(promise.waitsOn && { waitsOn }), by: by ?? usual.by }
  return { step, waitsOn, ...(waitsOn === 'us' && { who: `user:${owner}` }), by: by ?? usual.by }
}
