import type { Permission } from '#shared/contract/define.ts'
import { TABLE_KINDS, type TableKind } from '#shared/domain/tableImport/kinds.ts'
import { may, type Principal } from '../../kernel/access.ts'

/** Who may bring a kind of table: whoever may make the same records by hand. */
const NEEDED: Readonly<Record<TableKind, Permission>> = {
  customers: { action: 'create', subject: 'Customer' },
  machines: { action: 'create', subject: 'Equipment' },
  parts: { action: 'create', subject: 'Stock' },
  engineers: { action: 'manage', subject: 'User' },
  users: { action: 'manage', subject: 'User' },
  orders: { action: 'manage', subject: 'Desk' },
  skills: { action: 'change', subject: 'User' },
  engineerProfiles: { action: 'change', subject: 'User' },
  shifts: { action: 'change', subject: 'Appointment' },
  leaves: { action: 'change', subject: 'Appointment' },
}

export const mayImport = (principal: Principal | null, kind: TableKind): boolean => principal !== null && may(principal, NEEDED[kind])

export const importable = (principal: Principal): TableKind[] => TABLE_KINDS.filter((kind) => mayImport(principal, kind))
