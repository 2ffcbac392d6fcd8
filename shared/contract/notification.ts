import * as z from 'zod'
import { defineCommand, defineQuery, defineTopic } from './define.ts'
import { instant } from './common.ts'
import { noticePreferences } from '../domain/notification/preferences.ts'

const use = { action: 'use', subject: 'Notification' } as const
const read = { action: 'read', subject: 'Notification' } as const

export const NOTIFICATION_KINDS = [
  'escalation',
  'promiseBroken',
  'handover',
  'shiftOffered',
  'handoverAccepted',
  'handoverDeclined',
  'shiftAnswered',
  'orderGiven',
  'orderTaken',
  'mention',
  'frozen',
  'complaint',
  'lowRating',
  'conflict',
  'deliveryFailed',
  'planChanged',
  'dailyReport',
  'faultPattern',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** What the notification centre can be narrowed to; `all` is everything. */
export const NOTICE_FILTERS = {
  all: [...NOTIFICATION_KINDS],
  calls: ['escalation', 'promiseBroken'],
  mentions: ['mention'],
  handovers: ['handover', 'shiftOffered', 'handoverAccepted', 'handoverDeclined', 'shiftAnswered', 'orderGiven', 'orderTaken'],
} as const satisfies Record<string, readonly NotificationKind[]>
export type NoticeFilter = keyof typeof NOTICE_FILTERS
const filters = Object.keys(NOTICE_FILTERS) as [NoticeFilter, ...NoticeFilter[]]

/** Event and person: the same on every try. */
const notificationId = z.string().min(1).max(120)

const notification = z.object({
  id: notificationId,
  kind: z.enum(NOTIFICATION_KINDS),
  order: z.string().nullable(),
  number: z.string().nullable(),
  /** Values for the translated text; never personal data. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: instant,
  readAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
})
export type Notification = z.infer<typeof notification>

export const listNotifications = defineQuery({
  name: 'notification.list',
  summary: 'What the asking user was told, newest first, with the count of what is unread.',
  input: z.object({
    unreadOnly: z.boolean().default(false),
    about: z.enum(filters).default('all'),
    /** Those created before the one of this id; for further pages. */
    before: notificationId.optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    now: instant,
    unread: z.number().int(),
    unreadOf: z.record(z.enum(filters), z.number().int()),
    notifications: z.array(notification),
    /** How long this desk keeps them. */
    keptDays: z.object({ read: z.number().int(), unread: z.number().int() }),
  }),
  permission: read,
})

export const getPreferences = defineQuery({
  name: 'notification.preferences',
  summary: 'How the asking user wants to be told; what the company has set where nothing was chosen.',
  input: z.object({}),
  output: z.object({ now: instant, preferences: noticePreferences, chosen: z.boolean() }),
  permission: read,
})

export const setPreferences = defineCommand({
  name: 'notification.setPreferences',
  summary: 'Says how the asking user wants to be told, on this desk.',
  input: z.object({ preferences: noticePreferences }),
  output: z.object({}),
  permission: use,
})

export const markRead = defineCommand({
  name: 'notification.markRead',
  summary: 'Marks notifications of the asking user as read; without ids, all of them.',
  input: z.object({ ids: z.array(notificationId).max(500).optional() }),
  output: z.object({ unread: z.number().int() }),
  permission: use,
})

export const acknowledge = defineCommand({
  name: 'notification.acknowledge',
  summary: 'Acknowledges a notification; that of an escalation acknowledges the escalation on its order, too.',
  input: z.object({ id: notificationId }),
  output: z.object({ unread: z.number().int() }),
  permission: use,
})

export const notificationsChanged = defineTopic({
  name: 'notification',
  summary: 'Who has news, has read some elsewhere or wants to be told otherwise; each of them asks anew.',
  message: z.object({ now: instant, users: z.array(z.string()), what: z.enum(['told', 'read', 'preferences']) }),
  permission: read,
})
