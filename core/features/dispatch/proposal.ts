import type { PlanChange, Proposal } from '#shared/contract/dispatchPlan.ts'
import type { Say } from '#shared/domain/dispatch/say.ts'
import type { ReadableDb } from '../../store/sql.ts'
import { peopleOf, type Person } from '../people.ts'
import { readOrders, type OrderRow } from './orders.ts'
import { planOf } from './plans.ts'
import type { KeptChange, Placement } from './propose.ts'
import { skillNames } from './words.ts'

/** A plan with the names of orders, customers and people as they are now; null: there is none. */
export function readProposal(db: ReadableDb, id: string): Proposal | null {
  const plan = planOf(db, id)
  if (!plan) return null
  const { content } = plan
  const orders = readOrders(db, content ? [...content.changes.map(({ order }) => order), ...content.unserved.map(({ order }) => order)] : [])
  const person = peopleOf(db)
  const names = skillNames(db)
  const plain = ({ code, params, against }: Say): Say => {
    const { skill } = params
    return { code, params: typeof skill === 'string' ? { ...params, skill: names.get(skill) ?? skill } : params, ...(against && { against }) }
  }
  return {
    id: plan.id,
    kind: plan.kind,
    state: plan.state,
    day: plan.day,
    days: plan.days,
    by: person(plan.by_user),
    startedAt: plan.started_at,
    progress: { ...plan.progress },
    before: content && { ...content.before },
    after: content && { ...content.after },
    changes: content?.changes.flatMap((change) => changeOf(change, orders, person)) ?? [],
    unserved: content?.unserved.map(({ order, reason }) => ({ order, number: orders.get(order)?.number ?? order, reason: plain(reason) })) ?? [],
    remarks: content?.remarks.map(plain) ?? [],
    stability: content && { ...content.stability },
  }
}

function changeOf(change: KeptChange, orders: ReadonlyMap<string, OrderRow>, person: (id: string) => Person): PlanChange[] {
  const order = orders.get(change.order)
  if (!order) return []
  const placed = (placement: Placement | null) => placement && { ...placement, engineers: placement.engineers.map(person) }
  return [
    {
      order: change.order,
      number: order.number,
      customer: order.customer === null ? null : { id: order.customer, name: order.customer_name ?? order.customer },
      symptom: order.symptom,
      priority: order.priority,
      kind: change.kind,
      before: placed(change.before),
      after: placed(change.after),
      forced: change.forced,
      accepted: change.accepted,
      refusal: change.refusal && { code: change.refusal.code, params: { ...change.refusal.params } },
    },
  ]
}
