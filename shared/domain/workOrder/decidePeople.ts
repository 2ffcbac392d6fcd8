import { refuse } from '../kernel/refusal.ts'
import { ROLES } from '../user/fold.ts'
import { openOrderFor, orderFor, personOf, refuseInstant, saidInstant, refuseWorker, type DecisionContext, type Verdict } from './decision.ts'
import type { PromiseState, WorkOrderEvents } from './events.ts'
import { setPromise as promise } from './moves.ts'
import type { Channel } from './stages.ts'
import type { WorkOrderState } from './state.ts'

interface Decided {
  readonly order: string
  readonly base: string
}

/** A supervisor names the owner outright. */
export function reassign(
  context: DecisionContext,
  input: Decided & { readonly owner: string; readonly reason?: string | undefined },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { owner, reason } = input
  if (found.value.owner === owner) return refuse('alreadyOwner', 'owner', { user: owner })
  const refused = refuseWorker(context, owner, 'owner')
  if (refused) return refused
  const former = found.value.owner
  context.book.add('workOrder', input.order, 'ownerAssigned', {
    owner,
    ...(reason !== undefined && { reason }),
    ...(former !== null && { formerOwner: former }),
  })
  return null
}

/** The owner stays the owner until the other accepts; nobody helps himself to what is another's. A new offer takes the place of an open one. */
export function offerHandover(
  context: DecisionContext,
  input: Decided & { readonly to: string; readonly note?: string | undefined },
): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const { to, note } = input
  const { owner } = found.value
  if (owner !== null && !context.mayGiveFor(owner)) return refuse('notYourOrders', 'order')
  if (owner === to) return refuse('alreadyOwner', 'to', { user: to })
  const refused = refuseWorker(context, to, 'to')
  if (refused) return refused
  context.book.add('workOrder', input.order, 'handoverOffered', { to, ...(note !== undefined && { note }) })
  return null
}

/** Only the person to whom it was offered answers. */
export function answerHandover(
  context: DecisionContext,
  input: { readonly order: string; readonly accepted: boolean; readonly note?: string | undefined },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const { handover, number, owner } = found.value
  if (handover?.to !== context.actor.id) return refuse('noHandover', 'order', { number })
  const { order, accepted, note } = input
  const { shift, by } = handover
  const words = note === undefined ? {} : { note }
  const whom = shift !== undefined ? { shift } : by === undefined ? {} : { offeredBy: by }
  context.book.add('workOrder', order, 'handoverAnswered', { accepted, ...words, ...whom, ...(accepted && owner !== null && { formerOwner: owner }) })
  if (shift !== undefined) {
    const [yes, no] = accepted ? [[order], []] : [[], [order]]
    context.book.add('shiftHandover', shift, 'shiftAnswered', { accepted: yes, declined: no, missed: [], ...words })
  }
  return null
}

/** Whoever offered an order, or owns it, takes the offer back. */
export function withdrawHandover(context: DecisionContext, input: { readonly order: string }): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const { handover, owner, number } = found.value
  if (!handover) return refuse('noHandover', 'order', { number })
  if (handover.by !== context.actor.id && owner !== context.actor.id) return refuse('notYourOffer', 'order', { number })
  const { shift } = handover
  context.book.add('workOrder', input.order, 'handoverWithdrawn', { ...(shift !== undefined && { shift }) })
  if (shift !== undefined) context.book.add('shiftHandover', shift, 'shiftWithdrawn', { orders: [input.order] })
  return null
}

export function changeCollaborators(
  context: DecisionContext,
  input: { readonly order: string; readonly add: readonly string[]; readonly remove: readonly string[] },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const present = found.value.collaborators
  const added = [...new Set(input.add)].filter((user) => !present.includes(user) && !input.remove.includes(user))
  const removed = [...new Set(input.remove)].filter((user) => present.includes(user))
  for (const user of added) {
    const refused = refuseWorker(context, user, 'add')
    if (refused) return refused
  }
  if (added.length + removed.length > 0) {
    context.book.add('workOrder', input.order, 'collaboratorsChanged', { added, removed })
  }
  return null
}

/** The next step, whom it waits on and by when. */
export function setPromise(context: DecisionContext, input: Decided & { readonly promise: PromiseState }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const refused = refusePromise(context, input.promise)
  if (refused) return refused
  promise(context, input.order, input.promise)
  return null
}

export function refusePromise(context: DecisionContext, { by, who, waitsOn }: PromiseState): Verdict {
  if (by === null || by <= context.at) return refuse('promiseInPast', 'promise.by')
  if (waitsOn === 'us' && who === undefined) return refuse('nobodyNamed', 'promise.who')
  const role = who?.startsWith('role:') ? who.slice(5) : undefined
  if (role !== undefined && !(ROLES as readonly string[]).includes(role)) return refuse('nobodyNamed', 'promise.who')
  if (who?.startsWith('user:') && !context.isActiveUser(who.slice(5))) {
    return refuse('unknownUser', 'promise.who', { user: who.slice(5) })
  }
  return null
}

/** A reply to the customer is the first one, too, where there was none; only people reply. */
export function addNote(
  context: DecisionContext,
  input: {
    readonly order: string
    readonly kind: 'internal' | 'reply'
    readonly text: string
    readonly mentions: readonly string[]
  },
): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  const state = found.value
  const mentions = [...new Set(input.mentions)]
  const stranger = mentions.find((user) => !context.isActiveUser(user))
  if (stranger !== undefined) return refuse('unknownUser', 'mentions', { user: stranger })
  const { kind, text } = input
  writeAbout(context, state, 'noteAdded', { kind, mentions, length: text.length }, text)
  if (kind === 'reply' && state.firstRepliedAt === null && context.actor.kind === 'user') {
    context.book.add('workOrder', state.id, 'firstReplied', { by: 'note' })
  }
  return null
}

export function recordFirstReply(
  context: DecisionContext,
  input: { readonly order: string; readonly by: 'call' | 'message'; readonly repliedAt?: number | undefined },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const state = found.value
  if (state.firstRepliedAt !== null) return refuse('alreadyReplied', 'order', { number: state.number })
  const repliedAt = saidInstant(context, input.repliedAt)
  const refused = refuseInstant(context, repliedAt, 'repliedAt')
  if (refused) return refused
  if (repliedAt < state.firstContactAt) return refuse('beforeFirstContact', 'repliedAt')
  context.book.add('workOrder', state.id, 'firstReplied', { by: input.by }, { at: repliedAt })
  return null
}

/** The customer asked again (二次咨询); asked after the closing, too. */
export function recordInquiry(
  context: DecisionContext,
  input: { readonly order: string; readonly channel: Channel; readonly text: string },
): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  writeAbout(context, found.value, 'inquiryReceived', { channel: input.channel }, input.text)
  return null
}

export function recordComplaint(
  context: DecisionContext,
  input: {
    readonly order: string
    readonly channel: Channel
    readonly cause: 'overtime' | 'other'
    readonly text: string
  },
): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  writeAbout(context, found.value, 'complaintReceived', { cause: input.cause, channel: input.channel }, input.text)
  return null
}

/** What people write about a customer is the customer's personal datum. */
export function writeAbout<Type extends 'noteAdded' | 'inquiryReceived' | 'complaintReceived' | 'surveyAnswered'>(
  context: DecisionContext,
  state: WorkOrderState,
  type: Type,
  data: WorkOrderEvents[Type],
  text: string,
): void {
  context.book.add('workOrder', state.id, type, data, text === '' ? {} : { personal: { of: personOf(state), data: { text } } })
}

/** Somebody has taken note of a broken timer: the next level of its ladder is not called. */
export function acknowledgeEscalation(
  context: DecisionContext,
  input: { readonly order: string; readonly visit: string; readonly timer: string },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const { visit, timer } = input
  const fired = found.value.timers.some((own) => own.visit === visit && own.key === timer && own.fired.length > 0)
  if (!fired) return refuse('nothingToAcknowledge', 'timer')
  context.book.add('workOrder', input.order, 'escalationAcknowledged', { visit, timer })
  return null
}
