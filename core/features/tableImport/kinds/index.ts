import type { TableKind } from '#shared/domain/tableImport/kinds.ts'
import type { Planner } from '../plan.ts'
import { customers } from './customers.ts'
import { machines } from './machines.ts'
import { orders } from './orders.ts'
import { parts } from './parts.ts'
import { engineers, users } from './people.ts'
import { engineerProfiles, leaves, shifts, skills } from './roster.ts'

export const planners: Readonly<Record<TableKind, Planner>> = {
  customers,
  machines,
  parts,
  engineers,
  users,
  orders,
  skills,
  engineerProfiles,
  shifts,
  leaves,
}
