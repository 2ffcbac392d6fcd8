import { refuse } from '../kernel/refusal.ts'
import { refuseInstant, saidInstant, refuseWorker, type DecisionContext, type Verdict } from './decision.ts'
import { readFields, type FieldInput } from './decideFields.ts'
import type { Fields, StageEntry } from './events.ts'
import { reportOf } from './knownDefect.ts'
import { entryOf, promiseOn } from './moves.ts'
import type { Channel } from './stages.ts'

export interface Registration {
  /** Known by id, or registered provisionally along with the order. */
  readonly customer?: { readonly id: string } | { readonly name: string } | undefined
  readonly equipment?: { readonly id: string } | NewMachine | undefined
  readonly fields: FieldInput
  readonly channel: Channel
  /** UTC ms; absent: now. */
  readonly firstContactAt?: number | undefined
  /** The customer was answered while calling. */
  readonly repliedAtCall?: boolean | undefined
  /** Absent: whoever registers. */
  readonly owner?: string | undefined
  readonly demo?: true | undefined
}
interface NewMachine {
  readonly model: string
  readonly serial: string
  readonly firmware?: string | undefined
  readonly batch?: string | undefined
}

/**
 * Registers an order in the first stage. Its id is the command's, so that a repeated command makes the same order;
 * `nextNumber` is asked only once nothing refuses any more.
 */
export function register(context: DecisionContext, input: Registration, nextNumber: () => string): Verdict {
  const { book, commandId: order } = context
  if (book.state('workOrder', order).registered) return refuse('orderExists', 'id')
  const firstContactAt = saidInstant(context, input.firstContactAt)
  // The customer's own act, long before the desk may have opened: no permission is asked for it.
  const refusedInstant = refuseInstant(context, firstContactAt, 'firstContactAt', true)
  if (refusedInstant) return refusedInstant
  if (input.repliedAtCall && input.channel !== 'phone') return refuse('notByPhone', 'repliedAtCall')
  const owner = input.owner ?? context.actor.id
  const refusedOwner = input.owner === undefined ? null : refuseWorker(context, input.owner, 'owner')
  if (refusedOwner) return refusedOwner

  const customer = customerFor(context, input)
  const equipment = equipmentFor(context, input, customer)
  const read = readFields(
    context,
    context.workflow(),
    { ...input.fields, ...(customer !== undefined && { customer }), ...(equipment !== undefined && { equipment }) },
    {},
  )
  if (!read.ok) return read
  const fields: Fields = {}
  for (const [field, value] of Object.entries(read.value.plain)) if (value !== null) fields[field] = value
  const personal = Object.entries(read.value.personal).filter(([, value]) => value !== null)

  const defect = context.defectIn(reportOf(fields))
  const entered = firstEntry(context, order, input.repliedAtCall === true)
  const number = nextNumber()
  book.add(
    'workOrder',
    order,
    'orderRegistered',
    {
      number,
      fields,
      ...(personal.length > 0 && { personalFields: personal.map(([field]) => field) }),
      firstContactAt,
      channel: input.channel,
      entered,
      owner,
      promise: promiseOn(context, entered),
      ...(input.demo && { demo: true as const }),
      ...(defect !== null && { knownDefect: defect }),
    },
    personal.length > 0
      ? { personal: { of: customer ? `customer:${customer}` : `workOrder:${order}`, data: Object.fromEntries(personal) } }
      : {},
  )
  if (input.repliedAtCall) book.add('workOrder', order, 'firstReplied', { by: 'call' }, { at: firstContactAt })
  return null
}

function firstEntry(context: DecisionContext, order: string, replied: boolean): StageEntry {
  const state = context.book.state('workOrder', order)
  const [first] = context.workflow().stages
  const entering = replied ? { ...state, firstRepliedAt: context.at } : state
  return entryOf(context, entering, first?.id ?? 'intakeReview', 'registered')
}

/** An unknown customer is registered with the order, to be confirmed later. Its id is the order's. */
function customerFor(context: DecisionContext, input: Registration): string | undefined {
  const { book, commandId } = context
  const { customer, fields } = input
  if (!customer) return undefined
  const known = 'id' in customer ? customer.id : context.customerNamed(customer.name)
  if (known !== undefined || 'id' in customer) return known
  const { contactName, contactPhone, siteAddress: address } = fields
  const data = Object.fromEntries(
    Object.entries({ contactName, contactPhone, address }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  )
  const personal = Object.keys(data).length > 0 ? { personal: { of: `customer:${commandId}`, data } } : {}
  const marked = { provisional: true as const, ...(input.demo && { demo: true as const }) }
  book.add('customer', commandId, 'customerRegistered', { name: customer.name, ...marked }, personal)
  return commandId
}

function equipmentFor(context: DecisionContext, input: Registration, customer?: string): string | undefined {
  const { book, commandId } = context
  const { equipment } = input
  if (!equipment) return undefined
  if ('id' in equipment) return equipment.id
  const { model, serial, firmware, batch } = equipment
  const known = context.machineWith(model, serial)
  if (known !== undefined) return known
  book.add('equipment', commandId, 'equipmentRegistered', {
    customer: customer ?? null,
    model,
    serial,
    ...(firmware !== undefined && { firmware }),
    ...(batch !== undefined && { batch }),
    provisional: true,
    ...(input.demo && { demo: true as const }),
  })
  return commandId
}
