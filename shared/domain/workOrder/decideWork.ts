import { refuse } from '../kernel/refusal.ts'
import { crewOf } from './appointment.ts'
import { openOrderFor, orderFor, personOf, refuseInstant, saidInstant, visitOf, type DecisionContext, type Verdict } from './decision.ts'
import { releaseAppointment, reserveLines } from './holdings.ts'
import { thaw } from './moves.ts'
import { openLines } from './parts.ts'

interface Decided {
  readonly order: string
  readonly base: string
}

/** Reserves every line of 所需备件. What cannot be had freezes the order; the other lines are held meanwhile. */
export function lockParts(context: DecisionContext, input: Decided): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const state = found.value
  if (state.stage !== 'partsLock') return refuse('notInStage', 'order', { stage: state.stage, needed: 'partsLock' })
  if (openLines(state).length === 0) return refuse('noPartsNeeded', 'partsNeeded')
  reserveLines(context, state.id, 'stock')
  return null
}

/** A supervisor lets a frozen order go on without the missing part. */
export function release(context: DecisionContext, input: Decided & { readonly reason: string }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  if (!found.value.freeze) return refuse('notFrozen', 'order', { number: found.value.number })
  thaw(context, input.order, 'release', input.reason)
  return null
}

export function cancelAppointment(context: DecisionContext, input: Decided & { readonly reason: string }): Verdict {
  const found = openOrderFor(context, input.order, input.base)
  if (!found.ok) return found
  const held = found.value.appointment
  if (!held) return refuse('noAppointment', 'order', { number: found.value.number })
  if (!context.mayBook(crewOf(held))) return refuse('bookForbidden', 'order')
  releaseAppointment(context, input.order, input.reason)
  return null
}

/** The engineer booked has arrived, or another one named. */
export function recordArrival(
  context: DecisionContext,
  input: { readonly order: string; readonly arrivedAt?: number | undefined; readonly engineer?: string | undefined },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const arrivedAt = saidInstant(context, input.arrivedAt)
  const refused = refuseInstant(context, arrivedAt, 'arrivedAt')
  if (refused) return refused
  const engineer = input.engineer ?? found.value.appointment?.engineer ?? context.actor.id
  if (input.engineer !== undefined && !context.isActiveUser(engineer)) {
    return refuse('unknownUser', 'engineer', { user: engineer })
  }
  context.book.add('workOrder', input.order, 'arrivalRecorded', { arrivedAt, engineer }, { at: arrivedAt })
  return null
}

/**
 * The customer's signature, or word that a remote fix works: in 客户签字 alone, for what is signed is the finished work.
 * The blob is stored before.
 */
export function captureSignature(
  context: DecisionContext,
  input: {
    readonly order: string
    readonly blob: string
    readonly signer?: string | undefined
    readonly signedAt?: number | undefined
    readonly kind: 'signature' | 'remoteConfirmation'
  },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const { stage } = found.value
  if (stage !== 'signoff') return refuse('notInStage', 'order', { stage, needed: 'signoff' })
  const { blob, signer, kind } = input
  const signedAt = saidInstant(context, input.signedAt)
  const refused = refuseInstant(context, signedAt, 'signedAt')
  if (refused) return refused
  if (signedAt < (visitOf(found.value)?.enteredAt ?? 0)) return refuse('signedTooEarly', 'signedAt')
  if (context.blobSize(blob) === null) return refuse('unknownBlob', 'blob')
  const personal = signer === undefined ? {} : { personal: { of: personOf(found.value), data: { signer } } }
  context.book.add('workOrder', input.order, 'signatureCaptured', { blob, signedAt, kind }, { at: signedAt, ...personal })
  return null
}

/** A file that was stored by its content hash before; what is stored says how large it is. */
export function attach(
  context: DecisionContext,
  input: {
    readonly order: string
    readonly blob: string
    readonly name: string
    readonly size?: number | undefined
    readonly mime: string
    readonly kind: 'evidence' | 'document'
  },
): Verdict {
  const found = orderFor(context, input.order)
  if (!found.ok) return found
  const { order, blob, name, mime, kind } = input
  const size = context.blobSize(blob)
  if (size === null) return refuse('unknownBlob', 'blob')
  if (input.size !== undefined && input.size !== size) return refuse('wrongBlobSize', 'size', { size })
  context.book.add('workOrder', order, 'attachmentAdded', { blob, name, size, mime, kind })
  return null
}

export function removeAttachment(
  context: DecisionContext,
  input: { readonly order: string; readonly blob: string; readonly reason: string },
): Verdict {
  const found = openOrderFor(context, input.order)
  if (!found.ok) return found
  const { order, blob, reason } = input
  if (!found.value.attachments.some((attachment) => attachment.blob === blob)) return refuse('unknownAttachment', 'blob')
  context.book.add('workOrder', order, 'attachmentRemoved', { blob, reason })
  return null
}

/** Both orders show the link. */
export function link(
  context: DecisionContext,
  input: { readonly order: string; readonly to: string; readonly kind: 'related' | 'followUp' },
): Verdict {
  const ends = bothEnds(context, input)
  if (!ends.ok) return ends
  const { from, to } = ends
  const { kind } = input
  context.book.add('workOrder', from.id, 'orderLinked', { to: to.id, number: to.number, kind })
  context.book.add('workOrder', to.id, 'orderLinked', { to: from.id, number: from.number, kind })
  return null
}

export function unlink(context: DecisionContext, input: { readonly order: string; readonly to: string }): Verdict {
  const ends = bothEnds(context, input)
  if (!ends.ok) return ends
  const { from, to } = ends
  if (!from.links.some((own) => own.to === to.id)) return refuse('notLinked', 'to', { number: to.number })
  context.book.add('workOrder', from.id, 'orderUnlinked', { to: to.id })
  context.book.add('workOrder', to.id, 'orderUnlinked', { to: from.id })
  return null
}

function bothEnds(context: DecisionContext, input: { readonly order: string; readonly to: string }) {
  const from = orderFor(context, input.order)
  if (!from.ok) return from
  if (input.to === input.order) return refuse('linkToItself', 'to')
  const to = orderFor(context, input.to)
  if (!to.ok) return refuse(to.refusal.code, 'to', to.refusal.params)
  return { ok: true as const, from: from.value, to: to.value }
}
