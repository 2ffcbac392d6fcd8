import { findStock, getStock, listStock, stockHistory } from '#shared/contract/stock.ts'
import { query } from '../../kernel/feature.ts'
import { stockPort } from '../../connectors/stock/index.ts'
import { readMovements } from './history.ts'
import { listShelves, readShelf } from './shelves.ts'

export const stockQueries = [
  query(findStock, (input, { db }) => ({ stock: stockPort.find(db, input) })),
  query(listStock, (input, { db }) => listShelves(db, input)),
  query(getStock, ({ stock }, { db, now }) => ({ now, ...readShelf(db, stock) })),
  query(stockHistory, ({ stock, after, limit }, { db }) => readMovements(db, stock, limit, after)),
]
