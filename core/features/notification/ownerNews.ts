import type { WorkOrderEvent } from '#shared/domain/workOrder/events.ts'
import type { News } from './news.ts'

/** Who owned an order hears that somebody else gave it away; who was made its owner without being asked hears it too. */
export function ownerNewsOf(event: WorkOrderEvent): readonly News[] {
  const by = event.actor.id
  const news = (kind: News['kind'], user: string, params: News['params']): News => ({ kind, users: [{ user }], params, channels: [] })
  if (event.type === 'ownerAssigned') {
    const { owner, formerOwner } = event.data
    return [
      ...(owner === by ? [] : [news('orderGiven', owner, { by })]),
      ...(formerOwner === undefined || formerOwner === by ? [] : [news('orderTaken', formerOwner, { by, to: owner })]),
    ]
  }
  if (event.type !== 'handoverAnswered') return []
  const { accepted, shift, offeredBy, formerOwner } = event.data
  // Who offered it himself hears of the answer; of a shift, the shift tells.
  if (!accepted || shift !== undefined || formerOwner === undefined || formerOwner === offeredBy || formerOwner === by) return []
  return [news('orderTaken', formerOwner, { by: offeredBy ?? by, to: by })]
}
