import type { Notification, NotificationKind } from '#shared/contract/notification.ts'
import type { IconName } from '../../design/icons.ts'
import { i18n } from '../../words/index.ts'

const { t, te } = i18n.global

/** Parameters that name a stage, a timer, a role or a cause are said in the language of the screen. */
const GROUPS = ['timer', 'complaintCause', 'stage', 'role', 'planChange'] as const
const PEOPLE: ReadonlySet<string> = new Set(['from', 'by', 'to', 'insteadOf'])

/** A notification in words; its parameters name stages, roles and people. */
export function noticeText(notice: Notification, nameOf: (id: string) => string): string {
  return t(`notices.${notice.kind}`, { number: notice.number ?? '', ...wordsOf(notice, nameOf) })
}

/** Why it came to this person, where that is not plain: the level's role, or a colleague on leave. */
export function noticeWhy({ kind, params }: Notification, nameOf: (id: string) => string): string {
  const role = params['fellUpTo'] ?? params['role']
  const parts = [
    kind === 'escalation' && role !== undefined && te(`role.${role}`) && t('notices.by', { role: t(`role.${role}`) }),
    params['insteadOf'] !== undefined && t('notices.insteadOf', { name: nameOf(String(params['insteadOf'])) }),
  ]
  return parts.filter(Boolean).join(t('list.separator'))
}

function wordsOf(notice: Notification, nameOf: (id: string) => string): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(notice.params).map(([name, value]) => {
      if (PEOPLE.has(name)) return [name, nameOf(String(value))]
      const group = GROUPS.find((each) => te(`${each}.${value}`))
      return [name, group ? t(`${group}.${value}`) : value]
    }),
  )
}

const LOOKS: Readonly<Record<NotificationKind, { icon: IconName; meaning: string }>> = {
  escalation: { icon: 'broken', meaning: 'red' },
  promiseBroken: { icon: 'broken', meaning: 'red' },
  handover: { icon: 'people', meaning: '' },
  shiftOffered: { icon: 'people', meaning: '' },
  handoverAccepted: { icon: 'check', meaning: '' },
  handoverDeclined: { icon: 'close', meaning: 'amber' },
  shiftAnswered: { icon: 'people', meaning: '' },
  orderGiven: { icon: 'person', meaning: '' },
  orderTaken: { icon: 'people', meaning: '' },
  mention: { icon: 'note', meaning: '' },
  frozen: { icon: 'frozen', meaning: 'ice' },
  complaint: { icon: 'broken', meaning: 'red' },
  lowRating: { icon: 'broken', meaning: 'amber' },
  conflict: { icon: 'history', meaning: '' },
  deliveryFailed: { icon: 'cloudOff', meaning: 'amber' },
  planChanged: { icon: 'clock', meaning: '' },
  dailyReport: { icon: 'print', meaning: '' },
  faultPattern: { icon: 'defect', meaning: 'violet' },
}
export const noticeLook = (kind: NotificationKind): { icon: IconName; meaning: string } => LOOKS[kind]
