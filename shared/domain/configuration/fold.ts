import type { SubjectFold } from '../kernel/fold.ts'

/**
 * Workflows, SLA policies and calendars are versioned data: each publication is an event holding the whole
 * definition, and all versions stay readable, because an order finishes its stage under the version it entered with.
 */
export interface Published<Definition> {
  readonly id: string
  /** The newest version; 0 before the first publication. */
  readonly current: number
  readonly versions: Readonly<Record<number, Definition>>
  /** When each version was published (UTC ms) and by whom. */
  readonly published: Readonly<Record<number, { readonly at: number; readonly by: string }>>
}

/** `definitionPublished {version, definition}`: of two publications of one number, the later in the log counts. */
export function publishedFold<Definition>(): SubjectFold<Published<Definition>> {
  return {
    initial: (id) => ({ id, current: 0, versions: {}, published: {} }),
    evolve(state, event) {
      if (event.type !== 'definitionPublished') return state
      const { version, definition } = event.data as unknown as { version: number; definition: Definition }
      return {
        ...state,
        current: Math.max(state.current, version),
        versions: { ...state.versions, [version]: definition },
        published: { ...state.published, [version]: { at: event.at, by: event.actor.id } },
      }
    },
  }
}
