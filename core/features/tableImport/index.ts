import type { Feature } from '../../kernel/feature.ts'
import { tableQueries } from './queries.ts'
import { tableServices } from './service.ts'
import { takeOverCommand } from './takeOver.ts'

/** Customers, machines, parts, people and open orders from spreadsheets, with a dry run. */
export const tableImport: Feature = {
  name: 'tableImport',
  commands: [takeOverCommand],
  services: tableServices,
  queries: tableQueries,
  projections: [],
}
