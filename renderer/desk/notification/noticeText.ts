import type { Notification } from '#shared/contract/notification.ts'
import { i18n } from '../../words/index.ts'

const { t, te } = i18n.global

/** A notification in words; its parameters name stages, roles and people. */
export function noticeText(notice: Notification, nameOf: (id: string) => string): string {
  const params: Record<string, string | number> = { number: notice.number ?? '' }
  for (const [name, value] of Object.entries(notice.params)) {
    params[name] = name === 'from' || name === 'by' ? nameOf(String(value)) : te(`timer.${value}`) ? t(`timer.${value}`) : te(`complaintCause.${value}`) ? t(`complaintCause.${value}`) : te(`stage.${value}`) ? t(`stage.${value}`) : te(`role.${value}`) ? t(`role.${value}`) : value
  }
  return t(`notices.${notice.kind}`, params)
}
