import { withChanges, type Change } from '../kernel/changes.ts'
import type { StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

export const PROVIDER_FIELDS = ['name', 'parent', 'active'] as const
export type ProviderField = (typeof PROVIDER_FIELDS)[number]

/** A service provider 服务商: a company that does the work for us, itself perhaps with others beneath it. */
export interface ProviderEvents {
  providerRegistered: { name: string; parent: string | null; demo?: true }
  providerChanged: { changes: Change<ProviderField, unknown>[] }
}
type ProviderEvent = { [Type in keyof ProviderEvents]: StoredEvent<Type, ProviderEvents[Type]> }[keyof ProviderEvents]

export interface ProviderState {
  readonly id: string
  readonly exists: boolean
  readonly name: string
  /** The provider above it. Two desks may each have moved one beneath the other: whoever walks up looks out for rings. */
  readonly parent: string | null
  /** Takes orders. What it did stays when it does not any more. */
  readonly active: boolean
  readonly demo: boolean
}

export const providerFold: SubjectFold<ProviderState> = {
  initial: (id) => ({ id, exists: false, name: id, parent: null, active: true, demo: false }),

  evolve(state, stored) {
    const event = stored as ProviderEvent
    switch (event.type) {
      case 'providerRegistered': {
        const { name, parent, demo } = event.data
        return { ...state, exists: true, name, parent, demo: demo === true }
      }
      case 'providerChanged':
        return withChanges(state, event.data.changes)
      default:
        return state
    }
  },
}

/** Whether `provider` would stand above itself beneath `parent`, however deep; a ring that is there already ends the walk. */
export function closesRing(provider: string, parent: string, parentOf: (id: string) => string | null): boolean {
  const seen = new Set<string>()
  for (let above: string | null = parent; above !== null && !seen.has(above); above = parentOf(above)) {
    if (above === provider) return true
    seen.add(above)
  }
  return false
}
