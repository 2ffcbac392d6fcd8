import { findStock } from '#shared/contract/stock.ts'
import { query } from '../../kernel/feature.ts'
import { stockPort } from '../../connectors/stock/index.ts'

export const stockQueries = [
  query(findStock, (input, { db }) => ({ stock: stockPort.find(db, input) })),
]
