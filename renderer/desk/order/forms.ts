import type { CommandInput, CommandName } from '#shared/contract/registry.ts'
import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { CHANNELS, PARTIES, STAGES } from '#shared/domain/workOrder/stages.ts'
import type { ActionName } from './actions.ts'

/** One box of an action's dialogue. `words`: the i18n group that names the choices. */
export interface FormField {
  readonly name: string
  /** In the i18n group of fields, where the name of the box does not say what it asks here. */
  readonly label?: string
  readonly kind: 'line' | 'text' | 'mention' | 'person' | 'people' | 'instant' | 'choice' | 'order'
  /** Characters at most; what is longer is kept in the box and not sent. */
  readonly most?: number
  readonly choices?: readonly string[]
  readonly words?: string
  readonly optional?: true
  readonly initial?: string | number | string[]
  /** Times that are often meant stand beside the box. */
  readonly soon?: true
  /** Shown only while this holds. */
  readonly when?: (values: FormValues) => boolean
}
export type FormValues = Readonly<Record<string, string | number | readonly string[] | undefined>>
export type MutableValues = Record<string, string | number | string[] | undefined>

export const isMissing = (field: FormField, values: FormValues): boolean =>
  !field.optional && String(values[field.name] ?? '').trim() === ''

const LONGEST = { line: 200, text: 4000, mention: 4000 } as const
export const mostOf = ({ kind, most }: FormField): number => most ?? (kind === 'line' || kind === 'text' || kind === 'mention' ? LONGEST[kind] : Infinity)

/** How many characters too many; 0: it fits. */
export function tooMany(field: FormField, values: FormValues): number {
  const value = values[field.name]
  return typeof value === 'string' ? Math.max(0, value.trim().length - mostOf(field)) : 0
}

/** Whether it can be sent: everything is there and nothing is too long. */
export const isReady = (fields: readonly FormField[], values: FormValues): boolean =>
  fields.every((field) => !isMissing(field, values) && tooMany(field, values) === 0)

export type Command = { [Name in CommandName]: { readonly name: Name; readonly input: CommandInput[Name] } }[CommandName]

interface Form {
  readonly fields: (order: OrderDetails, now: number) => readonly FormField[]
  readonly command: (order: OrderDetails, values: FormValues) => Command
  /** The button that cannot be taken back is red. */
  readonly danger?: true
}

const HOUR = 3_600_000
const reason: FormField = { name: 'reason', kind: 'text', most: 500 }
const channel: FormField = { name: 'channel', kind: 'choice', choices: CHANNELS, words: 'channel', initial: 'phone' }
const text = (values: FormValues, name: string): string => String(values[name] ?? '').trim()
const decision = (order: OrderDetails) => ({ order: order.card.id, base: order.card.head })
const about = (order: OrderDetails) => ({ order: order.card.id })

const STARS = [5, 4, 3, 2, 1] as const
const UP_TO_TEN = Array.from({ length: 11 }, (_, n) => String(10 - n))

/** In the order in which the stages come. */
const backFrom = (order: OrderDetails) =>
  STAGES.filter((stage) => order.moves.some(({ to, how }) => how === 'sendBack' && to === stage))

export function promiseOf(values: FormValues, waitsOn: (typeof PARTIES)[number]) {
  const who = text(values, 'who')
  return {
    step: text(values, 'step'),
    waitsOn,
    ...(waitsOn === 'us' && who !== '' && { who: `user:${who}` }),
    by: Number(values['by']),
  }
}

/** Dialogues that are nothing but boxes; those with more to show have a component of their own. */
export const FORMS: Partial<Record<ActionName, Form>> = {
  sendBack: {
    fields: (order) => [
      { name: 'to', label: 'backTo', kind: 'choice', choices: backFrom(order), words: 'stage', initial: backFrom(order).at(-1) ?? '' },
      reason,
    ],
    command: (order, values) => ({
      name: 'workOrder.sendBack',
      input: { ...decision(order), to: stage(values), reason: text(values, 'reason') },
    }),
  },
  reply: {
    fields: () => [{ name: 'by', label: 'replyBy', kind: 'choice', choices: ['call', 'message'], words: 'replyBy', initial: 'call' }],
    command: (order, values) => ({
      name: 'workOrder.recordFirstReply',
      input: { ...about(order), by: values['by'] === 'message' ? 'message' : 'call' },
    }),
  },
  selfSolved: {
    fields: () => [{ ...reason, label: 'whatHelped' }],
    command: (order, values) => ({ name: 'workOrder.resolveBySelf', input: { ...decision(order), reason: text(values, 'reason') } }),
  },
  dropAppointment: {
    fields: () => [reason],
    command: (order, values) => ({ name: 'workOrder.cancelAppointment', input: { ...decision(order), reason: text(values, 'reason') } }),
  },
  dropFile: {
    fields: () => [reason],
    command: (order, values) => ({
      name: 'workOrder.removeAttachment',
      input: { ...about(order), blob: text(values, 'blob'), reason: text(values, 'reason') },
    }),
    danger: true,
  },
  people: {
    fields: (order) => [{ name: 'collaborators', kind: 'people', optional: true, initial: order.collaborators.map(({ id }) => id) }],
    command: (order, values) => {
      const before = order.collaborators.map(({ id }) => id)
      const now = Array.isArray(values['collaborators']) ? (values['collaborators'] as string[]) : []
      return {
        name: 'workOrder.changeCollaborators',
        input: { ...about(order), add: now.filter((id) => !before.includes(id)), remove: before.filter((id) => !now.includes(id)) },
      }
    },
  },
  release: {
    fields: () => [reason],
    command: (order, values) => ({ name: 'workOrder.release', input: { ...decision(order), reason: text(values, 'reason') } }),
  },
  arrival: {
    fields: (order, now) => [
      { name: 'arrivedAt', kind: 'instant', initial: now },
      { name: 'engineer', kind: 'person', initial: order.appointment?.engineer.id ?? order.card.owner?.id ?? '' },
    ],
    command: (order, values) => ({
      name: 'workOrder.recordArrival',
      input: { ...about(order), arrivedAt: Number(values['arrivedAt']), engineer: text(values, 'engineer') },
    }),
  },
  note: {
    fields: () => [
      { name: 'noteKind', kind: 'choice', choices: ['internal', 'reply'], words: 'noteKind', initial: 'internal' },
      // A reply to the customer names nobody of us.
      { name: 'text', kind: 'mention', when: (values) => values['noteKind'] !== 'reply' },
      { name: 'text', kind: 'text', when: (values) => values['noteKind'] === 'reply' },
    ],
    command: (order, values) => ({
      name: 'workOrder.addNote',
      input: {
        ...about(order),
        kind: values['noteKind'] === 'reply' ? 'reply' : 'internal',
        text: text(values, 'text'),
        mentions: values['noteKind'] !== 'reply' && Array.isArray(values['mentions']) ? [...(values['mentions'] as string[])] : [],
      },
    }),
  },
  promise: {
    fields: (order, now) => [
      { name: 'step', kind: 'line', initial: order.promise?.step ?? '' },
      { name: 'waitsOn', kind: 'choice', choices: PARTIES, words: 'party', initial: order.promise?.waitsOn ?? 'us' },
      { name: 'who', kind: 'person', initial: order.card.owner?.id ?? '', when: (values) => values['waitsOn'] === 'us' },
      { name: 'by', kind: 'instant', initial: Math.max(order.promise?.by ?? 0, now + HOUR), soon: true },
    ],
    command: (order, values) => ({
      name: 'workOrder.setPromise',
      input: {
        ...decision(order),
        promise: promiseOf(values, PARTIES.find((party) => party === values['waitsOn']) ?? 'us'),
      },
    }),
  },
  waitCustomer: {
    fields: (_order, now) => [
      { name: 'step', kind: 'line' },
      { name: 'by', kind: 'instant', initial: now + 24 * HOUR, soon: true },
    ],
    command: (order, values) => ({
      name: 'workOrder.setPromise',
      input: { ...decision(order), promise: promiseOf(values, 'customer') },
    }),
  },
  handover: {
    fields: () => [
      { name: 'to', label: 'handoverTo', kind: 'person' },
      { name: 'note', kind: 'text', optional: true, most: 500 },
    ],
    command: (order, values) => {
      const note = text(values, 'note')
      return {
        name: 'workOrder.offerHandover',
        input: { ...decision(order), to: text(values, 'to'), ...(note !== '' && { note }) },
      }
    },
  },
  assign: {
    fields: () => [
      { name: 'owner', kind: 'person' },
      { ...reason, optional: true },
    ],
    command: (order, values) => {
      const why = text(values, 'reason')
      return {
        name: 'workOrder.reassign',
        input: { ...decision(order), owner: text(values, 'owner'), ...(why !== '' && { reason: why }) },
      }
    },
  },
  inquiry: {
    fields: () => [channel, { name: 'text', kind: 'text' }],
    command: (order, values) => ({
      name: 'workOrder.recordInquiry',
      input: { ...about(order), channel: channelOf(values), text: text(values, 'text') },
    }),
  },
  complaint: {
    fields: () => [
      channel,
      { name: 'cause', label: 'complaintCause', kind: 'choice', choices: ['overtime', 'other'], words: 'complaintCause', initial: 'overtime' },
      { name: 'text', kind: 'text' },
    ],
    command: (order, values) => ({
      name: 'workOrder.recordComplaint',
      input: {
        ...about(order),
        channel: channelOf(values),
        cause: values['cause'] === 'other' ? 'other' : 'overtime',
        text: text(values, 'text'),
      },
    }),
  },
  rate: {
    fields: () => [
      { name: 'stars', kind: 'choice', choices: ['5', '4', '3', '2', '1'], words: 'starsOf', initial: '5' },
      { name: 'recommend', kind: 'choice', choices: ['none', ...UP_TO_TEN], words: 'recommendOf', initial: 'none' },
      { name: 'text', kind: 'text', optional: true },
    ],
    command: (order, values) => {
      const words = text(values, 'text')
      const recommend = text(values, 'recommend')
      return {
        name: 'workOrder.recordSurvey',
        input: {
          ...about(order),
          channel: 'phone',
          stars: STARS.find((each) => String(each) === values['stars']) ?? 5,
          ...(recommend !== 'none' && { recommend: Number(recommend) }),
          ...(words !== '' && { text: words }),
        },
      }
    },
  },
  link: {
    fields: () => [
      { name: 'to', label: 'linkTo', kind: 'order' },
      { name: 'linkKind', kind: 'choice', choices: ['related', 'followUp'], words: 'linkKind', initial: 'related' },
    ],
    command: (order, values) => ({
      name: 'workOrder.link',
      input: { ...about(order), to: text(values, 'to'), kind: values['linkKind'] === 'followUp' ? 'followUp' : 'related' },
    }),
  },
  merge: {
    fields: () => [{ name: 'into', kind: 'order' }],
    command: (order, values) => ({ name: 'workOrder.merge', input: { ...decision(order), into: text(values, 'into') } }),
    danger: true,
  },
  reopen: {
    fields: () => [
      { name: 'to', label: 'reopenAt', kind: 'choice', choices: STAGES, words: 'stage', initial: 'diagnosis' },
      reason,
    ],
    command: (order, values) => ({
      name: 'workOrder.reopen',
      input: { ...decision(order), to: stage(values), reason: text(values, 'reason') },
    }),
  },
  cancel: {
    fields: () => [reason],
    command: (order, values) => ({ name: 'workOrder.cancel', input: { ...decision(order), reason: text(values, 'reason') } }),
    danger: true,
  },
}

function stage(values: FormValues) {
  return STAGES.find((each) => each === values['to'])
}
function channelOf(values: FormValues) {
  return CHANNELS.find((each) => each === values['channel']) ?? 'phone'
}
