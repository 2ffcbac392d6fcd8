import type { EventDraft } from '../kernel/event.ts'
import { accept, refuse, type Result } from '../kernel/refusal.ts'
import { defaultViewId, type DefaultViewEvents, type DefaultViewState, type ViewEvents, type ViewPage, type ViewState } from './fold.ts'

type Decided = Result<readonly EventDraft[]>

/** More than a person keeps apart. */
const MOST_OF_ONE = 60

/** Who asks, and what else that person keeps for the page. */
export interface Keeper {
  readonly id: string
  /** May change what others share. */
  readonly manages: boolean
  readonly own: readonly { readonly id: string; readonly name: string }[]
}

/** @param state of a view that exists, or the empty one of a new id */
export function decideSave(state: ViewState, input: ViewEvents['viewSaved'], keeper: Keeper): Decided {
  if (state.exists && !maySee(state, keeper.id)) return refuse('unknownView', 'view')
  if (state.exists && !mayChange(state, keeper)) return refuse('notYourView', 'view', { name: state.name })
  if (keeper.own.some(({ id, name }) => id !== state.id && name === input.name)) {
    return refuse('viewNameTaken', 'name', { name: input.name })
  }
  if (!state.exists && keeper.own.length >= MOST_OF_ONE) return refuse('tooManyViews', 'name', { most: MOST_OF_ONE })
  const { page, name, shared, content } = input
  return accept([draft(state, 'viewSaved', { page, name, shared, content })])
}

export function decideRemove(state: ViewState, keeper: Keeper): Decided {
  if (!state.exists || !maySee(state, keeper.id)) return refuse('unknownView', 'view')
  if (!mayChange(state, keeper)) return refuse('notYourView', 'view', { name: state.name })
  return accept([draft(state, 'viewRemoved', {})])
}

/** @param view null: the page as it comes */
export function decideDefault(now: DefaultViewState, user: string, page: ViewPage, view: ViewState | null): Decided {
  if (view && (!view.exists || view.page !== page || !maySee(view, user))) return refuse('unknownView', 'view')
  const chosen = view?.id ?? null
  if (now.view === chosen) return accept([])
  const data: DefaultViewEvents['defaultViewChosen'] = { view: chosen }
  return accept([{ subject: { kind: 'defaultView', id: defaultViewId(user, page) }, type: 'defaultViewChosen', version: 1, data }])
}

const maySee = (view: ViewState, user: string): boolean => view.shared || view.owner === user
const mayChange = (view: ViewState, keeper: Keeper): boolean =>
  view.owner === keeper.id || (view.shared && keeper.manages)

const draft = <Type extends keyof ViewEvents>(view: ViewState, type: Type, data: ViewEvents[Type]): EventDraft => ({
  subject: { kind: 'view', id: view.id },
  type,
  version: 1,
  data,
})
