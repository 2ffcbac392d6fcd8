import type { OrderDetails } from '#shared/contract/workOrderQueries.ts'
import { i18n } from './index.ts'

const { t, te } = i18n.global

/** A next step of the shipped workflow is said in the language of the screen; any other as it was written. */
export function stepText(step: string | null, key: string | null): string {
  const isShipped = key !== null && te(`step.${key}`, 'zh-CN') && t(`step.${key}`, {}, { locale: 'zh-CN' }) === step
  return isShipped ? t(`step.${key}`) : (step ?? '')
}

/** Whom a promise waits on: of us the very person or role, where it is named. */
export function waitsOnText({ waitsOn, who }: Pick<NonNullable<OrderDetails['promise']>, 'waitsOn' | 'who'>, nameOf: (id: string) => string): string {
  const [kind, name = ''] = who?.split(':') ?? []
  if (waitsOn !== 'us' || name === '') return t(`party.${waitsOn}`)
  return t('order.promiseOf', { who: kind === 'role' && te(`role.${name}`) ? t(`role.${name}`) : nameOf(name) })
}
