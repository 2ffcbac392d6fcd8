import * as z from 'zod'
import { defineCommand } from './define.ts'
import { base, done, id, instant, line, sha256, text, writtenInstant } from './common.ts'
import { softConflict } from './roster.ts'
import { CHANNELS, PARTIES, STAGES } from '../domain/workOrder/stages.ts'

export const change = { action: 'change', subject: 'WorkOrder' } as const
const decide = { action: 'decide', subject: 'WorkOrder' } as const
const end = { action: 'end', subject: 'WorkOrder' } as const
const supervise = { action: 'release', subject: 'WorkOrder' } as const

export const stage = z.enum(STAGES)
const channel = z.enum(CHANNELS)
export const reason = line(500)
export const note = line(4000)

/** A fact about an order folds whenever it arrives; a decision says which sight of the order it was taken on. */
const about = z.object({ order: id })
export const decision = about.extend({ base })

const partNeed = z.object({
  line: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  part: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/),
  warehouse: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/),
  quantity: z.number().int().min(1).max(9999),
})
/** null clears. Which value suits which field is the catalogue's and the workflow's. */
const fieldValue = z.union([text(4000), z.number(), z.boolean(), z.null(), z.array(line(60)).max(30), z.array(partNeed).max(60)])
export const fields = z.record(z.string().max(40), fieldValue)

export const promiseInput = z.object({
  step: line(200),
  waitsOn: z.enum(PARTIES),
  /** `user:…` or `role:…`; needed where the party is us. */
  who: z
    .string()
    .regex(/^(user|role):[A-Za-z0-9._-]{1,60}$/)
    .optional(),
  by: writtenInstant,
})

export const registerOrder = defineCommand({
  name: 'workOrder.register',
  summary: 'Registers an order; an unknown customer or machine is registered provisionally along with it.',
  input: z.object({
    customer: z.union([z.strictObject({ id }), z.strictObject({ name: line(120) })]).optional(),
    equipment: z
      .union([
        z.strictObject({ id }),
        z.strictObject({
          model: line(60),
          serial: line(60),
          firmware: line(60).optional(),
          batch: line(60).optional(),
        }),
      ])
      .optional(),
    fields: fields.default({}),
    channel,
    firstContactAt: instant.optional(),
    repliedAtCall: z.boolean().optional(),
    owner: id.optional(),
    demo: z.literal(true).optional(),
  }),
  output: done.extend({ order: id, number: z.string() }),
  permission: { action: 'create', subject: 'WorkOrder' },
})

export const changeOrderFields = defineCommand({
  name: 'workOrder.changeFields',
  summary: 'Changes fields of an order; old and new of each are in the audit.',
  input: decision.extend({ fields }),
  output: done,
  permission: change,
})

export const recordFirstReply = defineCommand({
  name: 'workOrder.recordFirstReply',
  summary: 'Notes that a person answered the customer for the first time.',
  input: about.extend({ by: z.enum(['call', 'message']), repliedAt: instant.optional() }),
  output: done,
  permission: change,
})

const move = decision.extend({ to: stage.optional(), promise: promiseInput.optional() })

export const advanceOrder = defineCommand({
  name: 'workOrder.advance',
  summary: 'Moves an order forward once everything that its stage requires is there.',
  /** `reason`: why, where it is no matter of course, as when a step back is taken back. */
  input: move.extend({ reason: reason.optional() }),
  output: done,
  permission: decide,
})

export const sendOrderBack = defineCommand({
  name: 'workOrder.sendBack',
  summary: 'Sends an order back to an earlier stage; what it has to secure again, parts or appointment, is given back.',
  input: move.extend({ reason }),
  output: done,
  permission: decide,
})

export const fixOrderRemotely = defineCommand({
  name: 'workOrder.fixRemotely',
  summary: 'Moves an order that was solved from afar to the customer’s confirmation.',
  input: move.extend({ reason: reason.optional() }),
  output: done,
  permission: decide,
})

export const closeOrder = defineCommand({
  name: 'workOrder.close',
  summary: 'Closes a signed or remotely confirmed order and issues its parts.',
  input: decision,
  output: done,
  permission: decide,
})

export const resolveOrderBySelf = defineCommand({
  name: 'workOrder.resolveBySelf',
  summary: 'Closes an order in intake review that the customer solved by the checklist; the reason names what helped.',
  input: decision.extend({ reason }),
  output: done,
  permission: end,
})

export const cancelOrder = defineCommand({
  name: 'workOrder.cancel',
  summary: 'Cancels an open order; reservations and appointment are given back.',
  input: decision.extend({ reason }),
  output: done,
  permission: end,
})

export const reopenOrder = defineCommand({
  name: 'workOrder.reopen',
  summary: 'Opens a closed order again; its first closing is kept.',
  input: move.extend({ reason }),
  output: done,
  permission: end,
})

export const mergeOrder = defineCommand({
  name: 'workOrder.merge',
  summary: 'Merges a duplicate into the order that goes on.',
  input: decision.extend({ into: id }),
  output: done,
  permission: end,
})

export const lockParts = defineCommand({
  name: 'workOrder.lockParts',
  summary: 'Reserves every part needed; a missing one freezes the order.',
  input: decision,
  output: done,
  permission: decide,
})

export const releaseFreeze = defineCommand({
  name: 'workOrder.release',
  summary: 'Lets a frozen order go on without the missing part.',
  input: decision.extend({ reason }),
  output: done,
  permission: supervise,
})

export const bookAppointment = defineCommand({
  name: 'workOrder.bookAppointment',
  summary: 'Books one or more engineers for a window that overlaps none of their others.',
  input: decision.extend({
    engineer: id,
    /** Who comes along; each has the time in his own day. */
    crew: z.array(id).max(9).optional(),
    from: writtenInstant,
    to: writtenInstant,
    /** The customer chose this date, later than ours: ③ stays missed and is told apart (METRICS). */
    customersDate: z.boolean().optional(),
  }),
  /** Not against it, and worth a word. */
  output: done.extend({ told: z.array(softConflict) }),
  permission: decide,
})

export const planVisit = defineCommand({
  name: 'workOrder.planVisit',
  summary: 'Says how long a visit takes, how many engineers it needs, after which orders it is, and when the customer lets somebody in.',
  input: decision.extend({
    /** Minutes; null: as learnt from history. */
    minutes: z.number().int().min(5).max(10_080).nullable().optional(),
    crew: z.number().int().min(1).max(10).optional(),
    after: z.array(id).max(20).optional(),
    windows: z.array(z.object({ from: writtenInstant, to: writtenInstant })).max(50).optional(),
  }),
  output: done,
  permission: decide,
})

export const cancelAppointment = defineCommand({
  name: 'workOrder.cancelAppointment',
  summary: 'Gives the engineer’s window back.',
  input: decision.extend({ reason }),
  output: done,
  permission: decide,
})

export const recordArrival = defineCommand({
  name: 'workOrder.recordArrival',
  summary: 'Notes that the engineer arrived.',
  input: about.extend({ arrivedAt: instant.optional(), engineer: id.optional() }),
  output: done,
  permission: change,
})

export const captureSignature = defineCommand({
  name: 'workOrder.captureSignature',
  summary: 'Keeps the customer’s signature, or the word that a remote fix works.',
  input: about.extend({
    blob: sha256,
    signer: line(80).optional(),
    signedAt: instant.optional(),
    kind: z.enum(['signature', 'remoteConfirmation']).default('signature'),
  }),
  output: done,
  permission: change,
})

export const attachFile = defineCommand({
  name: 'workOrder.attach',
  summary: 'Attaches a file that was stored by its content hash before.',
  input: about.extend({
    blob: sha256,
    name: line(200),
    /** Bytes, as the sender knows them; checked against what is stored. */
    size: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    mime: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,80}$/),
    kind: z.enum(['evidence', 'document']),
  }),
  output: done,
  permission: change,
})

export const removeAttachment = defineCommand({
  name: 'workOrder.removeAttachment',
  summary: 'Takes a file off an order; that it was there stays in the audit.',
  input: about.extend({ blob: sha256, reason }),
  output: done,
  permission: change,
})

export const reassignOrder = defineCommand({
  name: 'workOrder.reassign',
  summary: 'A supervisor names the owner outright.',
  input: decision.extend({ owner: id, reason: reason.optional() }),
  output: done,
  permission: supervise,
})

export const offerHandover = defineCommand({
  name: 'workOrder.offerHandover',
  summary: 'Offers an order to somebody who becomes its owner on accepting.',
  input: decision.extend({ to: id, note: line(500).optional() }),
  output: done,
  permission: decide,
})

export const answerHandover = defineCommand({
  name: 'workOrder.answerHandover',
  summary: 'Accepts or declines an order that was offered.',
  input: about.extend({ accepted: z.boolean(), note: line(500).optional() }),
  output: done,
  permission: change,
})

export const withdrawHandover = defineCommand({
  name: 'workOrder.withdrawHandover',
  summary: 'Takes back an offer of an order that was not answered yet.',
  input: about,
  output: done,
  permission: change,
})

export const changeCollaborators = defineCommand({
  name: 'workOrder.changeCollaborators',
  summary: 'Adds and removes people who work along.',
  input: about.extend({ add: z.array(id).max(50).default([]), remove: z.array(id).max(50).default([]) }),
  output: done,
  permission: change,
})

export const setPromise = defineCommand({
  name: 'workOrder.setPromise',
  summary: 'Names the next step, whom it waits on and by when; waiting on the customer pauses what the policy says.',
  input: decision.extend({ promise: promiseInput }),
  output: done,
  permission: decide,
})

export const addNote = defineCommand({
  name: 'workOrder.addNote',
  summary: 'Writes an internal note or a reply to the customer.',
  input: about.extend({
    kind: z.enum(['internal', 'reply']).default('internal'),
    text: note,
    mentions: z.array(id).max(20).default([]),
  }),
  output: done,
  permission: change,
})

export const recordInquiry = defineCommand({
  name: 'workOrder.recordInquiry',
  summary: 'Notes that the customer asked again (second inquiry).',
  input: about.extend({ channel, text: note }),
  output: done,
  permission: change,
})

export const recordComplaint = defineCommand({
  name: 'workOrder.recordComplaint',
  summary: 'Notes a complaint and its cause.',
  input: about.extend({ channel, cause: z.enum(['overtime', 'other']), text: note }),
  output: done,
  permission: change,
})

/** `recommend`: 0 to 10, would the customer recommend us; told beside the stars. */
export const rating = {
  stars: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  recommend: z.number().int().min(0).max(10).optional(),
  text: note.optional(),
}

export const recordSurvey = defineCommand({
  name: 'workOrder.recordSurvey',
  summary: 'Notes how the customer rates the finished work, 1 to 5 stars; one answer an order in 30 days.',
  input: about.extend({
    channel,
    ...rating,
  }),
  output: done,
  permission: change,
})

export const acknowledgeEscalation = defineCommand({
  name: 'workOrder.acknowledgeEscalation',
  summary: 'Takes note of a broken timer, so that the next level is not called.',
  input: about.extend({ visit: line(60), timer: line(60) }),
  output: done,
  permission: change,
})

export const linkOrders = defineCommand({
  name: 'workOrder.link',
  summary: 'Links two orders.',
  input: about.extend({ to: id, kind: z.enum(['related', 'followUp']) }),
  output: done,
  permission: change,
})

export const unlinkOrders = defineCommand({
  name: 'workOrder.unlink',
  summary: 'Takes a link between two orders away.',
  input: about.extend({ to: id }),
  output: done,
  permission: change,
})
