import type { Feature } from '../kernel/feature.ts'
import { board } from './board/index.ts'
import { customer } from './customer/index.ts'
import { engineerDay } from './engineerDay/index.ts'
import { equipment } from './equipment/index.ts'
import { session } from './session/index.ts'
import { stock } from './stock/index.ts'
import { user } from './user/index.ts'
import { workOrderReads } from './workOrder/reads.ts'

/** Every feature of the service center, in the order of their dependence. */
export const features: readonly Feature[] = [
  user,
  session,
  customer,
  equipment,
  stock,
  engineerDay,
  workOrderReads,
  board,
]

