import {
  countWorkOrders,
  getWorkOrder,
  listWorkOrders,
  matchingWorkOrders,
  workOrderAudit,
  workOrderTimeline,
  workOrderTimers,
} from '#shared/contract/workOrderQueries.ts'
import { orderPaper } from '#shared/contract/orderPaper.ts'
import { relatedOrders } from '#shared/contract/relatedOrders.ts'
import { query } from '../../kernel/feature.ts'
import { readDetails } from './details.ts'
import { namesIn, readAudit, readFirings, readTimeline } from './history.ts'
import { countOrders, listOrders, matchingOrders } from './list.ts'
import { readPaper } from './paper.ts'
import { readRelated } from './related.ts'

export const workOrderQueries = [
  query(getWorkOrder, ({ order }, { db, now }) => ({ now, order: readDetails(db, order) })),
  query(workOrderTimeline, ({ order }, { db }) => ({ entries: readTimeline(db, order) })),
  query(workOrderAudit, ({ order }, { db }) => {
    const entries = readAudit(db, order)
    return { entries, names: namesIn(db, entries) }
  }),
  query(workOrderTimers, ({ order }, { db }) => ({ firings: readFirings(db, order) })),
  query(listWorkOrders, ({ filter, sort, after, limit }, { db, now }) => ({ now, ...listOrders(db, filter, limit, after, sort) })),
  query(countWorkOrders, ({ filter }, { db }) => countOrders(db, filter)),
  query(matchingWorkOrders, ({ filter, sort }, { db }) => matchingOrders(db, filter, sort)),
  query(relatedOrders, ({ order }, { db, now }) => ({ now, ...readRelated(db, order) })),
  query(orderPaper, ({ order }, { db, now }) => ({ now, ...readPaper(db, order) })),
]
