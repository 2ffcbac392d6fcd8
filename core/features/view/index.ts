import { chooseDefaultView, listViews, removeView, saveView, type View } from '#shared/contract/view.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { decideDefault, decideRemove, decideSave, type Keeper } from '#shared/domain/view/decide.ts'
import { defaultViewId, type ViewPage } from '#shared/domain/view/fold.ts'
import { may } from '../../kernel/access.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf } from '../people.ts'
import { defaultViewRows, viewRows } from './projection.ts'

const OWN = 'SELECT id, name FROM saved_view WHERE owner = ? AND page = ? ORDER BY name, id'
const USABLE = `
  SELECT * FROM saved_view WHERE page = :page AND shared = 1
  UNION SELECT * FROM saved_view WHERE page = :page AND owner = :user`

function keeperOf({ actor, db, load }: CommandContext, page: ViewPage): Keeper {
  const { roles } = load('user', actor.id).state
  return {
    id: actor.id,
    manages: may({ actor, roles, local: false }, { action: 'manage', subject: 'Configuration' }),
    own: all<{ id: string; name: string }>(db, OWN, actor.id, page),
  }
}

const answer = <Answer extends object>(decided: Result<readonly EventDraft[]>, reply: Answer): HandlerResult<Answer> =>
  decided.ok ? accept({ events: decided.value, answer: reply }) : decided

interface Row {
  readonly id: string
  readonly page: ViewPage
  readonly name: string
  readonly shared: number
  readonly owner: string
  readonly content: string
}

/** Shared ones first, each by name. */
function usableViews(db: ReadableDb, user: string, page: ViewPage): View[] {
  const person = peopleOf(db)
  return all<Row>(db, `${USABLE} ORDER BY shared DESC, name, id`, { page, user }).map(
    ({ id, name, shared, owner, content }) =>
      ({ id, page, name, shared: shared === 1, owner: person(owner), content: JSON.parse(content) as object }) as View,
  )
}

export const view: Feature = {
  name: 'view',
  commands: [
    handler(saveView, ({ view: known, name, shared, what }, context) => {
      const id = known ?? context.commandId
      const { page, content } = what
      if (known !== undefined && !context.load('view', known).state.exists) return refuse('unknownView', 'view')
      return answer(decideSave(context.load('view', id).state, { page, name, shared, content }, keeperOf(context, page)), { id })
    }),
    handler(removeView, (input, context) => {
      const { state } = context.load('view', input.view)
      return answer(decideRemove(state, keeperOf(context, state.page)), {})
    }),
    handler(chooseDefaultView, ({ page, view: id }, context) => {
      const user = context.actor.id
      const now = context.load('defaultView', defaultViewId(user, page)).state
      return answer(decideDefault(now, user, page, id === null ? null : context.load('view', id).state), {})
    }),
  ],
  queries: [
    query(listViews, ({ page }, { db, principal }) => {
      const user = principal.actor.id
      const views = usableViews(db, user, page)
      const chosen = one<{ view: string }>(db, 'SELECT view FROM default_view WHERE id = ?', defaultViewId(user, page))?.view
      // A view that was removed, or is shared no more, opens nothing.
      return { views, chosen: views.find(({ id }) => id === chosen)?.id ?? null }
    }),
  ],
  projections: [viewRows, defaultViewRows],
}
