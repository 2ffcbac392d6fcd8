import type { Json, StoredEvent } from '../kernel/event.ts'
import type { SubjectFold } from '../kernel/fold.ts'

/** Pages whose filters, lanes and columns can be kept under a name. */
export const VIEW_PAGES = ['board', 'orders', 'promises'] as const
export type ViewPage = (typeof VIEW_PAGES)[number]

type ViewContents = Readonly<Record<string, Json | undefined>>

export interface ViewEvents {
  /** `content`: what the contract's schema of the page allows. */
  viewSaved: { page: ViewPage; name: string; shared: boolean; content: ViewContents }
  viewRemoved: Record<string, never>
}
export interface DefaultViewEvents {
  /** null: the page opens as it comes. */
  defaultViewChosen: { view: string | null }
}

/** A page's filters, lanes and columns under a name: one person's, or everybody's. */
export interface ViewState {
  readonly id: string
  readonly exists: boolean
  readonly page: ViewPage
  readonly name: string
  /** Everybody finds it; only its owner and administrators change it. */
  readonly shared: boolean
  /** Who saved it first. */
  readonly owner: string
  readonly content: ViewContents
}

export const viewFold: SubjectFold<ViewState> = {
  initial: (id) => ({ id, exists: false, page: 'board', name: '', shared: false, owner: '', content: {} }),
  evolve(state, stored) {
    if (stored.type === 'viewRemoved') return { ...state, exists: false }
    if (stored.type !== 'viewSaved') return state
    const { data, actor } = stored as StoredEvent<'viewSaved', ViewEvents['viewSaved']>
    const { page, name, shared, content } = data
    return { ...state, exists: true, page, name, shared, content, owner: state.owner || actor.id }
  },
}

/** What a person opens a page with: a subject of its own, `USER/PAGE`, so that no two views contend for it. */
export interface DefaultViewState {
  readonly id: string
  readonly view: string | null
}

export const defaultViewFold: SubjectFold<DefaultViewState> = {
  initial: (id) => ({ id, view: null }),
  evolve(state, stored) {
    if (stored.type !== 'defaultViewChosen') return state
    return { ...state, view: (stored.data as DefaultViewEvents['defaultViewChosen']).view }
  },
}

export const defaultViewId = (user: string, page: ViewPage): string => `${user}/${page}`
