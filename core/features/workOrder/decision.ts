import { DraftBook } from '#shared/domain/workOrder/draftBook.ts'
import type { DecisionContext } from '#shared/domain/workOrder/decision.ts'
import { standInOf } from '#shared/domain/workOrder/called.ts'
import { recognise } from '#shared/domain/knownDefect/match.ts'
import { thawsFor } from '#shared/domain/workOrder/holdings.ts'
import { may } from '../../kernel/access.ts'
import type { CommandContext } from '../../kernel/pipeline.ts'
import { all, one, type ReadableDb } from '../../store/sql.ts'
import { judgeVisit } from '../roster/judge.ts'
import { configOf } from '../configuration/config.ts'
import { stayingOf } from '../customer/merged.ts'
import { sameMachines } from '../equipment/sameMachine.ts'
import { peopleOf } from '../escalation/people.ts'
import { readActiveDefects } from '../knownDefect/defects.ts'
import { readSetting } from '../setting/read.ts'

/** A command's sight of the world as decisions about orders want it. */
export function decisionOf(context: CommandContext): DecisionContext {
  const { actor, at, now, commandId } = context
  return {
    book: new DraftBook((kind, id) => context.load(kind, id).state, at, actor),
    commandId,
    actor,
    at,
    now,
    get mayBackdate() {
      return mayBackdate(context)
    },
    mayGiveFor: (owner) => mayGiveFor(context, owner),
    mayBook: (engineers) => mayBook(context, engineers),
    zone: readSetting(context.db, 'company.timeZone'),
    head: (order) => context.load('workOrder', order).last?.id ?? null,
    workflow: (version) => configOf(context, version).workflow,
    sla: () => configOf(context).sla,
    isActiveUser(user) {
      const { exists, disabled } = context.load('user', user).state
      return exists && !disabled
    },
    mayWorkOnOrders(user) {
      const { roles } = context.load('user', user).state
      return may({ actor: { kind: 'user', id: user }, roles, local: false }, { action: 'change', subject: 'WorkOrder' })
    },
    isEngineer(user) {
      const { exists, disabled, roles } = context.load('user', user).state
      return exists && !disabled && roles.includes('engineer')
    },
    judgeVisit: (visit) => judgeVisit(context.db, now, (order) => context.load('workOrder', order).state, visit),
    customerNamed(name) {
      const bearer = one<{ id: string }>(context.db, 'SELECT id FROM customer WHERE name = ? ORDER BY active DESC, id', name)
      return bearer && stayingOf(context.db, bearer.id)
    },
    defectIn: (report) => recognise(readActiveDefects(context.db), report)?.id ?? null,
    blobSize: (hash) => context.blobSize(hash),
    machineWith: (model, serial) => sameMachines(context.db, model, serial)[0],
  }
}

/** The scheduler, imports and demo data speak of any time. */
function mayBackdate({ actor, load }: CommandContext): boolean {
  if (actor.kind !== 'user') return true
  const { roles } = load('user', actor.id).state
  return may({ actor, roles, local: false }, { action: 'backdate', subject: 'WorkOrder' })
}

/** The permission to change appointments, whichever command books; an engineer fixes a visit of his own beside it. */
function mayBook({ actor, load }: CommandContext, engineers: readonly string[]): boolean {
  if (actor.kind !== 'user' || engineers.every((each) => each === actor.id)) return true
  const { roles } = load('user', actor.id).state
  return may({ actor, roles, local: false }, { action: 'change', subject: 'Appointment' })
}

/** For a colleague who fell ill: who may name an owner outright, and who stands in for him. */
function mayGiveFor({ actor, db, load, now }: CommandContext, owner: string): boolean {
  if (actor.id === owner || actor.kind !== 'user') return true
  const { roles } = load('user', actor.id).state
  if (may({ actor, roles, local: false }, { action: 'release', subject: 'WorkOrder' })) return true
  const people = peopleOf(db)
  const away = people.byId(owner)
  return away !== undefined && standInOf(away, people, now) === actor.id
}

/** Orders frozen for want of a piece of this stock, longest first. */
const waitingFor = (db: ReadableDb, stock: string): string[] =>
  all<{ order_id: string }>(db, 'SELECT order_id FROM order_shortage WHERE stock = ? ORDER BY since, order_id', stock).map(
    (row) => row.order_id,
  )

const RAISES: ReadonlySet<string> = new Set(['reservationReleased', 'stockReceived', 'stockCounted'])

/** Wherever the book raised what is available, the orders that waited for it thaw in the same command. */
export function thawWaiting(decision: DecisionContext, db: ReadableDb): void {
  const raised = decision.book.drafts.filter(({ type }) => RAISES.has(type)).map(({ subject }) => subject.id)
  if (raised.length > 0) thawsFor(decision, [...new Set(raised)].flatMap((stock) => waitingFor(db, stock)))
}
