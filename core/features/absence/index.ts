import { absencesChanged, endOwnAbsence, listAbsences, setOwnAbsence, type Absence } from '#shared/contract/absence.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, type Result } from '#shared/domain/kernel/refusal.ts'
import { decideAbsence, decideEndAbsence } from '#shared/domain/user/decide.ts'
import { standInOf } from '#shared/domain/workOrder/called.ts'
import { query, topic, type Feature } from '../../kernel/feature.ts'
import { handler, type HandlerResult } from '../../kernel/pipeline.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { peopleOf as ladderOf } from '../escalation/people.ts'
import { peopleOf } from '../people.ts'

const answer = (decided: Result<readonly EventDraft[]>): HandlerResult<object> =>
  decided.ok ? accept({ events: decided.value, answer: {} }) : decided

/** Who is away, and who stands in. Everybody says so himself; for others it is a supervisor's `user.setAbsence`. */
export const absence: Feature = {
  name: 'absence',
  commands: [
    handler(setOwnAbsence, ({ from, to, deputy }, { actor, load }) =>
      answer(decideAbsence(load('user', actor.id).state, { from, to }, deputy === null ? null : load('user', deputy).state)),
    ),
    handler(endOwnAbsence, (_input, { actor, load }) => answer(decideEndAbsence(load('user', actor.id).state))),
  ],
  queries: [query(listAbsences, (_input, { db, now }) => ({ now, absences: readAbsences(db, now) }))],
  projections: [],
  topics: [
    topic(absencesChanged, (touched, _events, { now }) => {
      const users = touched.flatMap(({ kind, id }) => (kind === 'user' ? [id] : []))
      return users.length > 0 ? { now, users } : null
    }),
  ],
}

interface Row {
  readonly id: string
  readonly absent_from: number
  readonly absent_to: number
  readonly deputy: string | null
}

const AWAY = `
  SELECT id, absent_from, absent_to, deputy FROM user_account
  WHERE disabled = 0 AND absent_from IS NOT NULL AND absent_to > ? ORDER BY absent_from, id`

const OPEN = "SELECT coalesce(sum(open), 0) AS open FROM board_count WHERE dimension = 'owner' AND value = ?"

function readAbsences(db: ReadableDb, now: number): Absence[] {
  const person = peopleOf(db)
  const ladder = ladderOf(db)
  return all<Row>(db, AWAY, now).map(({ id, absent_from: from, absent_to: to, deputy }) => {
    const self = ladder.byId(id)
    const standIn = self && standInOf(self, ladder, now)
    return {
      user: { ...person(id) },
      from,
      to,
      deputy: deputy === null ? null : { ...person(deputy) },
      standIn: standIn === undefined ? null : { ...person(standIn) },
      open: one<{ open: number }>(db, OPEN, id)?.open ?? 0,
    }
  })
}
