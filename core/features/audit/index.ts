import { listAudit } from '#shared/contract/audit.ts'
import { query, type Feature } from '../../kernel/feature.ts'
import { readAuditPage } from './list.ts'

export const audit: Feature = {
  name: 'audit',
  commands: [],
  queries: [query(listAudit, (input, { db, principal }) => readAuditPage(db, principal, input))],
  projections: [],
}
