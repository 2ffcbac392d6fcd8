import type { Cover } from '#shared/contract/contract.ts'
import { i18n } from '../../words/index.ts'

const { t, te } = i18n.global

/** Fields whose values are words of the screen, and the group that holds them. */
const GROUPS: Readonly<Record<string, string>> = { kind: 'contractKind', coverage: 'coverage' }

/** A value of a master record as people read it. */
export function valueWords(field: string, value: unknown, names: Readonly<Record<string, string>> = {}): string {
  if (field === 'machines' && value === null) return t('contract.allMachines')
  if (value === null || value === undefined || value === '') return '—'
  const group = GROUPS[field]
  if (group !== undefined && te(`${group}.${String(value)}`)) return t(`${group}.${String(value)}`)
  if (field === 'responseHours') return t('contract.hours', { n: Number(value) })
  if (typeof value === 'boolean') return t(value ? 'state.yes' : 'state.no')
  if (Array.isArray(value)) {
    return value.length === 0 ? '—' : value.map((each) => names[String(each)] ?? String(each)).join(t('list.separator'))
  }
  return names[String(value)] ?? String(value)
}

/** Who pays, and until when, in one line. */
export function coverText({ state, until, contract }: Cover): string {
  if (state === 'inWarranty' || state === 'inContract') return t(`cover.${state}Until`, { day: until ?? '' })
  if (contract) return t('cover.chargedBy', { number: contract.number })
  return t(`cover.${state}`)
}
