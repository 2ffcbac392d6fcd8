import type { Action, PermissionSubject } from '#shared/contract/define.ts'
import type { TableKind } from '#shared/domain/tableImport/kinds.ts'

/** Who is offered an import of which kind; the service center looks again. */
export const NEEDED: Readonly<Record<TableKind, readonly [Action, PermissionSubject]>> = {
  customers: ['create', 'Customer'],
  machines: ['create', 'Equipment'],
  parts: ['create', 'Stock'],
  engineers: ['manage', 'User'],
  users: ['manage', 'User'],
  orders: ['manage', 'Desk'],
  skills: ['change', 'User'],
  engineerProfiles: ['change', 'User'],
  shifts: ['change', 'Appointment'],
  leaves: ['change', 'Appointment'],
}
