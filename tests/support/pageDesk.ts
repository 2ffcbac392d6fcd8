import { randomUUID } from 'node:crypto'
import { openService, type Service } from '#core/gateway/service.ts'
import type { CommandInput, CommandName } from '#shared/contract/registry.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { STAGES, type Priority, type StageId } from '#shared/domain/workOrder/stages.ts'
import { storeBlob } from './blobs.ts'
import { NOON, TestDesk } from './desk.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const CUSTOMERS = ['苏州精工机械', '振华数控', '宁波海天塑机', '东莞恒力模具', '无锡华鼎精密', '常州新誉轨交', '青岛海润制药', '合肥晶科能源']
const FAULTS = [
  ['温度', '出口温度波动 ±3 ℃'],
  ['电气', '主轴驱动器报警 E217'],
  ['液压', '夹紧压力上不去'],
  ['控制软件', '升级后触摸屏无响应'],
  ['传感器', '料位传感器误报'],
  ['机械', '导轨异响，走刀有振纹'],
] as const
const OWNERS = ['dispatcher', 'lead', 'supervisor', 'dispatcher'] as const

/** How long ago, in minutes, the present stage began: some inside their limit, some close to it, some past. */
const BEGAN = [4, 13, 55, 100, 130, 260, 420, 700, 1500]

interface Planned {
  readonly at: number
  readonly act: () => void
}

/** A served desk with believable orders in all six columns, and a clock that stands still at `NOON`. */
export class PageDesk {
  readonly desk: TestDesk
  readonly service: Service
  readonly orders: readonly string[]

  private constructor(desk: TestDesk, service: Service, orders: readonly string[]) {
    this.desk = desk
    this.service = service
    this.orders = orders
  }

  static async open(count = 42, port = 0): Promise<PageDesk> {
    const desk = await TestDesk.demo()
    const orders = populate(desk, count)
    desk.now = NOON
    desk.app.start()
    await desk.app.idle()
    return new PageDesk(desk, await openService(desk.app, desk.folder, { port }), orders)
  }

  get url(): string {
    return this.service.url
  }

  as<Name extends CommandName>(user: string, name: Name, input: CommandInput[Name]): Record<string, unknown> {
    return execute(this.desk, user, name, input)
  }

  head(order: string): string {
    return headOf(this.desk, order)
  }

  async close(): Promise<void> {
    await this.service.close()
    this.desk.close()
  }
}

function execute<Name extends CommandName>(desk: TestDesk, user: string | null, name: Name, input: CommandInput[Name], id: string = randomUUID()) {
  const actor = user === null ? LOCAL.actor : ({ kind: 'user', id: user } as const)
  const result = desk.app.pipeline.execute({ id, name, input, actor })
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
  return result.value as Record<string, unknown>
}

const headOf = (desk: TestDesk, order: string): string => desk.app.subjects.load({ kind: 'workOrder', id: order }).last?.id ?? ''

/** Orders begun over the last two days, each brought as far as its stage says. */
function populate(desk: TestDesk, count: number): string[] {
  desk.now = NOON - 60 * HOUR
  for (const [login, displayName] of [['chen.li', '陈立'], ['li.wei', '李伟'], ['zhao.qian', '赵倩'], ['sun.bo', '孙博']] as const) {
    execute(desk, null, 'user.add', { login, displayName, roles: ['engineer'], demo: true })
  }
  for (const [part, name, quantity] of [['PT-100', '温控模块', 40], ['DRV-217', '主轴驱动器', 6], ['SEAL-08', '油封组件', 0], ['HMI-10', '触摸屏', 12]] as const) {
    execute(desk, null, 'stock.describe', { warehouse: 'SH', part, name, unit: '件' })
    if (quantity > 0) execute(desk, null, 'stock.receive', { warehouse: 'SH', part, quantity })
  }
  const customers = CUSTOMERS.map(
    (name, index) =>
      execute(desk, null, 'customer.register', { name, contactName: `${'王李张刘陈杨赵黄'[index]}工`, contactPhone: `0512-6${String(7_000_117 + index * 1313)}`, demo: true })['id'] as string,
  )
  const plan: Planned[] = []
  const orders: string[] = []
  for (let index = 0; index < count; index++) planOrder(desk, index, customers, orders, plan)
  for (const { at, act } of plan.sort((a, b) => a.at - b.at)) {
    desk.now = Math.max(desk.now, at)
    act()
  }
  return orders
}

function planOrder(desk: TestDesk, index: number, customers: readonly string[], orders: string[], plan: Planned[]): void {
  const stage = STAGES[index % STAGES.length] as StageId
  const goal = STAGES.indexOf(stage)
  const [faultCategory, faultSymptom] = FAULTS[(index * 5 + Math.floor(index / 6)) % FAULTS.length] as (typeof FAULTS)[number]
  const priority: Priority = index % 11 === 3 ? 'urgent' : index % 5 === 1 ? 'high' : index % 13 === 7 ? 'low' : 'normal'
  const owner = OWNERS[index % OWNERS.length] as string
  const here = NOON - (BEGAN[Math.floor(index / 6) % BEGAN.length] ?? 0) * MINUTE - index * 17_000
  const start = here - goal * 70 * MINUTE
  let id = ''
  let step = 0
  const then = (act: () => void): void => {
    plan.push({ at: start + ((here - start) * Math.min(step, goal)) / Math.max(1, goal), act })
  }
  const on = () => ({ order: id, base: headOf(desk, id) })
  then(() => {
    id = execute(desk, owner, 'workOrder.register', {
      customer: { id: customers[(index * 3) % customers.length] as string },
      equipment: { model: `BR-VS${['150', '200', '320'][index % 3]}`, serial: `VS${['150', '200', '320'][index % 3]}-${String(1000 + index * 37)}` },
      channel: 'phone',
      repliedAtCall: index % 4 !== 0,
      demo: true,
      fields: {
        contactName: '王工',
        contactPhone: '0512-67000117',
        siteAddress: '苏州工业园区星湖街 218 号',
        faultCategory,
        faultSymptom,
        priority,
        ...((goal > 0 || index % 12 !== 0) && { reproductionSteps: '满负荷运行十分钟后出现，重启后短暂恢复' }),
      },
    })['order'] as string
    orders[index] = id
  })
  const forward = (user: string): void => {
    step += 1
    then(() => execute(desk, user, 'workOrder.advance', on()))
  }
  if (goal >= 1) forward('dispatcher')
  if (goal >= 2) {
    const part = index % 12 === 8 ? 'SEAL-08' : index % 12 === 2 ? 'PT-100' : 'HMI-10'
    const needs = goal === 2 || index % 3 === 0 ? [{ line: 'L1', part, warehouse: 'SH', quantity: 1 }] : []
    step += 1
    then(() => {
      execute(desk, 'lead', 'workOrder.changeFields', {
        ...on(),
        fields: { conclusion: '温控模块老化，需更换', serviceMode: 'onsite', skillsNeeded: ['电气'], partsNeeded: needs },
      })
      execute(desk, 'lead', 'workOrder.advance', on())
      if (goal > 2 && needs.length > 0) {
        execute(desk, 'parts', 'workOrder.lockParts', on())
        execute(desk, 'parts', 'workOrder.advance', on())
      }
    })
  }
  if (goal >= 4) {
    step = goal - 1
    then(() => {
      const day = NOON + (1 + (index % 5)) * 24 * HOUR
      const engineer = ['chen.li', 'li.wei', 'zhao.qian', 'sun.bo'][index % 4] as string
      const from = day + Math.floor(index / 20) * 3 * HOUR + (index % 2) * HOUR * 1.5
      execute(desk, 'dispatcher', 'workOrder.bookAppointment', { ...on(), engineer, from: from + index * 2 * HOUR, to: from + index * 2 * HOUR + HOUR })
      execute(desk, 'dispatcher', 'workOrder.advance', on())
    })
  }
  if (goal >= 5) {
    step = goal
    then(() => {
      execute(desk, 'engineer', 'workOrder.recordArrival', { order: id, engineer: 'chen.li' })
      execute(desk, 'engineer', 'workOrder.changeFields', { ...on(), fields: { cause: '模块老化', solution: '更换温控模块并校准' } })
      const { hash: blob } = storeBlob(desk.app.blobs, 'a photo')
      execute(desk, 'engineer', 'workOrder.attach', { order: id, blob, name: '现场照片.jpg', mime: 'image/jpeg', kind: 'evidence' })
      execute(desk, 'engineer', 'workOrder.advance', on())
    })
  }
  if (index % 7 === 2) then(() => execute(desk, owner, 'workOrder.addNote', { order: id, kind: 'internal', text: '客户希望周五前恢复生产。', mentions: ['supervisor'] }))
}
