import type { Feature } from '../kernel/feature.ts'
import type { RegisteredTable } from '../kernel/table.ts'
import { absence } from './absence/index.ts'
import { audit } from './audit/index.ts'
import { auditTable } from './audit/table.ts'
import { board } from './board/index.ts'
import { configuration } from './configuration/index.ts'
import { customer } from './customer/index.ts'
import { customerTable } from './customer/table.ts'
import { contract } from './contract/index.ts'
import { contractTable } from './contract/table.ts'
import { insight } from './insight/index.ts'
import { knownDefect } from './knownDefect/index.ts'
import { provider } from './provider/index.ts'
import { dispatch } from './dispatch/index.ts'
import { engineerDay } from './engineerDay/index.ts'
import { finance } from './finance/index.ts'
import { ledger } from './ledger/index.ts'
import { monthEnd } from './monthEnd/index.ts'
import { monthTable } from './monthEnd/table.ts'
import { priceList } from './priceList/index.ts'
import { equipment } from './equipment/index.ts'
import { equipmentTable } from './equipment/table.ts'
import { escalation } from './escalation/index.ts'
import { live } from './live/index.ts'
import { notification } from './notification/index.ts'
import { output } from './output/index.ts'
import { promise } from './promise/index.ts'
import { promiseTable } from './promise/table.ts'
import { search } from './search/index.ts'
import { record } from './record/index.ts'
import { registration } from './registration/index.ts'
import { session } from './session/index.ts'
import { setting } from './setting/index.ts'
import { shiftHandover } from './shiftHandover/index.ts'
import { roster } from './roster/index.ts'
import { skill } from './skill/index.ts'
import { stock } from './stock/index.ts'
import { stockTable } from './stock/table.ts'
import { survey } from './survey/index.ts'
import { system } from './system/index.ts'
import { tableImport } from './tableImport/index.ts'
import { user } from './user/index.ts'
import { view } from './view/index.ts'
import { pace } from './pace/index.ts'
import { pattern } from './pattern/index.ts'
import { rescue } from './rescue/index.ts'
import { timeMachine } from './timeMachine/index.ts'
import { report } from './report/index.ts'
import { perceivedTime } from './perceivedTime/index.ts'
import { wall } from './wall/index.ts'
import { workload } from './workload/index.ts'
import { workOrder } from './workOrder/index.ts'
import { orderTable } from './workOrder/table.ts'

/** What can be had as a file of rows. */
const tables: readonly RegisteredTable[] = [orderTable, auditTable, monthTable, customerTable, equipmentTable, contractTable, stockTable, promiseTable]

/** In the order of their dependence. */
const ordinary: readonly Feature[] = [
  user,
  session,
  system,
  configuration,
  setting,
  customer,
  equipment,
  contract,
  provider,
  record,
  knownDefect,
  priceList,
  finance,
  ledger,
  monthEnd,
  stock,
  engineerDay,
  dispatch,
  skill,
  roster,
  workOrder,
  survey,
  registration,
  shiftHandover,
  promise,
  absence,
  escalation,
  notification,
  board,
  audit,
  view,
  perceivedTime,
  pace,
  report,
  rescue,
  pattern,
  insight,
  workload,
  wall,
  search,
  output(tables),
  tableImport,
  live,
]

/** Every feature of the service center. */
export const features: readonly Feature[] = [...ordinary, timeMachine(ordinary)]
