import type * as z from 'zod'
import type { CommandContract, QueryContract, TopicContract } from './define.ts'
import * as absence from './absence.ts'
import * as audit from './audit.ts'
import * as board from './board.ts'
import * as configuration from './configuration.ts'
import * as contract from './contract.ts'
import * as customer from './customer.ts'
import * as dispatch from './dispatch.ts'
import * as dispatchNumbers from './dispatchNumbers.ts'
import * as dispatchPlan from './dispatchPlan.ts'
import * as engineer from './engineer.ts'
import * as equipment from './equipment.ts'
import * as insight from './insight.ts'
import * as finance from './finance.ts'
import * as monthEnd from './monthEnd.ts'
import * as priceList from './priceList.ts'
import * as knownDefect from './knownDefect.ts'
import * as pace from './pace.ts'
import * as pattern from './pattern.ts'
import * as rescue from './rescue.ts'
import * as timeMachine from './timeMachine.ts'
import * as report from './report.ts'
import * as perceivedTime from './perceivedTime.ts'
import * as output from './output.ts'
import * as provider from './provider.ts'
import * as escalation from './escalation.ts'
import * as live from './live.ts'
import * as notification from './notification.ts'
import * as orderPaper from './orderPaper.ts'
import * as promise from './promise.ts'
import * as record from './record.ts'
import * as relatedOrders from './relatedOrders.ts'
import * as search from './search.ts'
import * as registration from './registration.ts'
import * as roster from './roster.ts'
import * as skill from './skill.ts'
import * as session from './session.ts'
import * as setting from './setting.ts'
import * as shiftHandover from './shiftHandover.ts'
import * as stock from './stock.ts'
import * as survey from './survey.ts'
import * as system from './system.ts'
import * as tableImport from './tableImport.ts'
import * as user from './user.ts'
import * as view from './view.ts'
import * as wall from './wall.ts'
import * as workload from './workload.ts'
import * as workOrder from './workOrder.ts'
import * as workOrderBulk from './workOrderBulk.ts'
import * as workOrderQueries from './workOrderQueries.ts'

/**
 * The whole contract. HTTP, IPC, preload, OpenAPI, command line and tests are derived from this list; a feature adds
 * its file here, and with it every command, query and topic that the file exports.
 */
const files = {
  absence,
  audit,
  board,
  configuration,
  contract,
  customer,
  dispatch,
  dispatchNumbers,
  dispatchPlan,
  engineer,
  equipment,
  escalation,
  insight,
  finance,
  monthEnd,
  priceList,
  knownDefect,
  perceivedTime,
  pace,
  report,
  timeMachine,
  rescue,
  pattern,
  output,
  provider,
  roster,
  skill,
  live,
  notification,
  orderPaper,
  promise,
  record,
  relatedOrders,
  search,
  registration,
  session,
  setting,
  shiftHandover,
  stock,
  survey,
  system,
  tableImport,
  user,
  view,
  wall,
  workload,
  workOrder,
  workOrderBulk,
  workOrderQueries,
}

type Files = typeof files
type Exported = { [File in keyof Files]: Files[File][keyof Files[File]] }[keyof Files]
type Command = Extract<Exported, { readonly kind: 'command' }>
type Query = Extract<Exported, { readonly kind: 'query' }>
type Topic = Extract<Exported, { readonly kind: 'topic' }>

export type CommandName = Command['name']
export type QueryName = Query['name']
export type TopicName = Topic['name']

/** What a caller sends, before defaults are filled in. */
export type CommandInput = { [C in Command as C['name']]: z.input<C['input']> }
export type CommandOutput = { [C in Command as C['name']]: z.output<C['output']> }
export type QueryInput = { [Q in Query as Q['name']]: z.input<Q['input']> }
export type QueryOutput = { [Q in Query as Q['name']]: z.output<Q['output']> }
export type TopicMessage = { [T in Topic as T['name']]: z.output<T['message']> }

type Contract = CommandContract | QueryContract | TopicContract

export const contracts: readonly Contract[] = Object.values(files).flatMap((file) =>
  Object.values(file as Record<string, unknown>).filter(isContract),
)

export const commands = byName('command') as ReadonlyMap<string, CommandContract>
export const queries = byName('query') as ReadonlyMap<string, QueryContract>
export const topics = byName('topic') as ReadonlyMap<string, TopicContract>

/** Zod schemas and plain helpers stand in the same files; only contracts have a kind and a summary. */
function isContract(value: unknown): value is Contract {
  return typeof value === 'object' && value !== null && 'kind' in value && 'summary' in value
}

function byName(kind: Contract['kind']): ReadonlyMap<string, Contract> {
  return new Map(
    contracts.filter((contract) => contract.kind === kind).map((contract) => [contract.name, contract]),
  )
}
