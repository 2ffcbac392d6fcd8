import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOCAL } from '#core/kernel/access.ts'
import type { CommandInput, CommandName, QueryOutput } from '#shared/contract/registry.ts'
import type { Role } from '#shared/domain/user/fold.ts'
import { NOON, TestDesk } from '../support/desk.ts'

type Everything = QueryOutput['search.everything']
type GroupName = Exclude<keyof Everything, 'now' | 'complete'>

const MINUTE = 60_000
let desk: TestDesk
let commands = 0

function run<Name extends CommandName>(name: Name, input: CommandInput[Name]): Record<string, unknown> {
  const result = desk.app.pipeline.execute({ id: `search-${++commands}`, name, input, actor: LOCAL.actor })
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.refusal)}`)
  return result.value as Record<string, unknown>
}

async function search(text: string, roles: readonly Role[] = ['dispatcher'], limit = 20): Promise<Everything> {
  const principal = { actor: { kind: 'user', id: 'asking' }, roles, local: false } as const
  const { status, body } = await desk.call('query', 'search.everything', { text, limit }, { principal })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as unknown as Everything
}
const numbers = async (text: string): Promise<string[]> => (await search(text)).orders.hits.map(({ card }) => card.number)
const titles = async (group: Exclude<GroupName, 'orders'>, text: string): Promise<string[]> =>
  (await search(text))[group].hits.map(({ title }) => title.text)

interface Planned {
  customer?: string
  model?: string
  serial?: string
  fields?: Record<string, string>
}
function register({ customer = '苏州精工机械', model = 'BR-VS200', serial = 'VS200-0117', fields = {} }: Planned): string {
  desk.now += MINUTE
  return run('workOrder.register', {
    customer: { id: customers.get(customer) ?? '' },
    equipment: { model, serial },
    channel: 'phone',
    repliedAtCall: true,
    fields: { contactName: '王工', contactPhone: '0512-67000117', faultCategory: '触控', faultSymptom: '触摸屏无响应', ...fields },
  })['order'] as string
}

const customers = new Map<string, string>()
const orders = new Map<string, string>()
const numberOf = (order: string): string =>
  desk.app.db.raw.prepare('SELECT number FROM work_order WHERE id = ?').pluck().get(orders.get(order)) as string

beforeAll(() => {
  desk = new TestDesk()
  desk.now = NOON
  for (const [name, contactName, contactPhone] of [
    ['苏州精工机械', '王建国', '13812340117'],
    ['华星光电', '单志强', '021-55550199'],
    ['重庆长安汽车', '曾丽', '13900001234'],
    ['𠮷野制药', '欧阳雪', '13700002222'],
  ] as const) {
    customers.set(name, run('customer.register', { name, contactName, contactPhone })['id'] as string)
  }
  run('user.add', { login: 'li.wei', displayName: '李伟', roles: ['engineer'] })
  run('user.add', { login: 'zhang.min', displayName: '张敏', roles: ['dispatcher'] })
  run('stock.describe', { warehouse: 'SH', part: 'DRV-217', name: '主轴驱动器', unit: '件' })
  run('stock.describe', { warehouse: 'SH', part: 'HMI-10', name: '触摸屏总成', unit: '件' })
  orders.set('touch', register({}))
  orders.set('star', register({ customer: '华星光电', model: 'VS6000', serial: 'SN2024A0099', fields: { faultSymptom: '触摸漂移' } }))
  orders.set('heat', register({ customer: '华星光电', fields: { faultCategory: '温度', faultSymptom: '出口温度波动 ±3 ℃' } }))
  orders.set('pharma', register({ customer: '𠮷野制药', model: 'VS6000', serial: 'SN-77', fields: { faultSymptom: '报警 E217，主轴异响' } }))
  run('workOrder.addNote', { order: orders.get('heat') as string, kind: 'internal', text: '客户说 😀 冷却塔结冰了，Ｐ＆ＩＤ 图已寄' })
})
afterAll(() => desk.close())

describe('search.everything finds orders', () => {
  it.each([
    ['one sign', '触', ['pharma', 'star', 'touch']],
    ['two signs', '触摸', ['star', 'touch']],
    ['three signs as a phrase', '触摸屏', ['touch']],
    ['signs that are all there but not together', '屏触', []],
    ['words of customer and order together', '华星 触摸', ['star']],
    ['without the blank between', '华星触摸', []],
    ['model and symptom', 'vs6000 触摸', ['star']],
    ['upper and full width', 'ＶＳ６０００', ['pharma', 'star']],
    ['the beginning of a model', 'vs6', ['pharma', 'star']],
    ['two letters at the beginning', 'sn', ['pharma', 'star']],
    ['the middle of a serial', '24a00', ['star']],
    ['a serial without its hyphen', 'vs2000117', ['heat', 'touch']],
    ['digits of a telephone', '67000117', ['pharma', 'heat', 'star', 'touch']],
    ['the customer’s telephone', '0199', ['heat', 'star']],
    ['a code within the text', 'e217', ['pharma']],
    ['a code beside Chinese', 'e217 主轴', ['pharma']],
    ['a note', '冷却塔', ['heat']],
    ['an emoji', '😀', ['heat']],
    ['full width in the text', 'p&id', ['heat']],
    ['a rare sign', '𠮷', ['pharma']],
    ['the customer by full pinyin', 'huaxing', ['heat', 'star']],
    ['the customer by first letters', 'hxgd', ['heat', 'star']],
    ['the symptom by pinyin', 'chumoping', ['touch']],
    ['pinyin only begun', 'chumopin', ['touch']],
    ['pinyin of the customer and a word', 'hx 温度', ['heat']],
    ['words that nobody wrote', '冰箱', []],
  ])('%s: %s', async (_what, text, expected) => {
    expect(await numbers(text)).toEqual(expected.map(numberOf))
  })

  it('by its number, in any case, the whole before the suffix', async () => {
    const first = numberOf('touch')
    expect((await numbers(first.toLowerCase()))[0]).toBe(first)
    expect(await numbers(first.slice(-3))).toContain(first)
    expect(await numbers(first.replaceAll('-', ''))).toEqual([first])
  })

  it('by its owner and engineer', async () => {
    run('workOrder.reassign', { order: orders.get('pharma') as string, base: head('pharma'), owner: 'zhang.min' })
    expect(await numbers('张敏')).toEqual([numberOf('pharma')])
    expect(await numbers('zhangmin 异响')).toEqual([numberOf('pharma')])
  })

  it('follows what changes: a field, the customer’s name, a new customer', async () => {
    run('workOrder.changeFields', { order: orders.get('touch') as string, base: head('touch'), fields: { faultSymptom: '屏幕花屏' } })
    expect(await numbers('触摸屏')).toEqual([])
    expect(await numbers('花屏')).toEqual([numberOf('touch')])
    run('customer.rename', { customer: customers.get('苏州精工机械') as string, name: '昆山恒力模具' })
    expect(await numbers('精工')).toEqual([])
    expect(await numbers('恒力 花屏')).toEqual([numberOf('touch')])
    run('workOrder.changeFields', { order: orders.get('touch') as string, base: head('touch'), fields: { faultSymptom: '触摸屏无响应' } })
    run('customer.rename', { customer: customers.get('苏州精工机械') as string, name: '苏州精工机械' })
  })

  it('shows open orders first, then those closed, recent ones first', async () => {
    run('workOrder.cancel', { order: orders.get('pharma') as string, base: head('pharma'), reason: '客户撤回' })
    expect(await numbers('vs6000')).toEqual([numberOf('star'), numberOf('pharma')])
  })

  it('says where it matched and marks it', async () => {
    const { orders: found } = await search('huaxing 触摸')
    expect(found.hits[0]?.matched).toEqual([
      { field: 'customer', text: '华星光电', marks: [[0, 2]] },
      { field: 'faultSymptom', text: '触摸漂移', marks: [[0, 2]] },
    ])
    const note = (await search('结冰')).orders.hits[0]?.matched[0]
    expect(note?.field).toBe('note')
    expect(note?.marks.map(([from, to]) => note.text.slice(from, to))).toEqual(['结冰'])
  })

  it('counts no more than it was asked for, and says that there is more', async () => {
    const { orders: found } = await search('1', ['dispatcher'], 1)
    expect(found.hits.length).toBeLessThanOrEqual(1)
    expect((await search('触摸', ['dispatcher'], 1)).orders).toMatchObject({ more: true })
  })
})

describe('search.everything finds the others', () => {
  it('customers by piece of the name, contact, telephone, pinyin and either sound of a sign', async () => {
    expect(await titles('customers', '光电')).toEqual(['华星光电'])
    expect(await titles('customers', '单志强')).toEqual(['华星光电'])
    expect(await titles('customers', 'shan')).toEqual(['华星光电'])
    expect(await titles('customers', 'danzhiqiang')).toEqual(['华星光电'])
    expect(await titles('customers', 'zengli')).toEqual(['重庆长安汽车'])
    expect(await titles('customers', 'chongqing')).toEqual(['重庆长安汽车'])
    expect(await titles('customers', 'zhongqing')).toEqual(['重庆长安汽车'])
    expect(await titles('customers', 'cqca')).toEqual(['重庆长安汽车'])
    expect(await titles('customers', '1234')).toEqual(['苏州精工机械', '重庆长安汽车'])
  })

  it('machines, parts and people', async () => {
    expect(await titles('machines', '2024a')).toEqual(['SN2024A0099'])
    expect(await titles('machines', '华星 VS6000')).toEqual(['SN2024A0099'])
    expect(await titles('parts', 'drv')).toEqual(['主轴驱动器'])
    expect(await titles('parts', 'zzqdq')).toEqual(['主轴驱动器'])
    expect(await titles('people', 'liwei')).toEqual(['李伟'])
    expect(await titles('people', 'lw')).toEqual(['李伟'])
  })

  it('service providers, by the name they bear now', async () => {
    const provider = run('provider.register', { name: '无锡恒达机电服务' })['id'] as string
    expect(await titles('providers', 'hengda')).toEqual(['无锡恒达机电服务'])
    run('provider.change', { provider, name: '无锡恒通机电服务' })
    expect(await titles('providers', '恒达')).toEqual([])
    expect(await titles('providers', 'wxhtjd')).toEqual(['无锡恒通机电服务'])
  })

  it('nothing of what the person may not read', async () => {
    const principal = { actor: { kind: 'user', id: 'asking' }, roles: [], local: false } as const
    const { status } = await desk.call('query', 'search.everything', { text: '李伟' }, { principal })
    expect(status).toBe(403)
  })
})

describe('whatever is typed', () => {
  it.each([
    '"', "'", '*', '触摸*', '"触摸', 'NEAR(a b)', 'a AND', 'OR', 'NOT 触摸', 'words:触摸', '(((', ')', '触摸)', '^触摸', '- - -', '{a b}:c',
    '\u202e反', '\ufeff', '👨‍👩‍👧', 'ﷺ', '①②③', 'ｶﾅ', '%', '_', ';DROP TABLE event;--', '\uE003abc', '𠮷𠮷𠮷', 'a'.repeat(80), '触'.repeat(80),
  ])('%j breaks nothing', async (text) => {
    const { status } = await desk.call('query', 'search.everything', { text }, { principal: LOCAL })
    // Only what is empty once trimmed is refused, at the door.
    expect(status).toBe(text.trim() === '' ? 422 : 200)
  })
})

describe('the law of personal data', () => {
  it('takes the words of an erased person out of the index, and out of the file', async () => {
    expect(await numbers('67000117')).toContain(numberOf('pharma'))
    run('workOrder.addNote', { order: orders.get('pharma') as string, kind: 'internal', text: '欧阳女士住在龘靐巷' })
    expect(await numbers('龘靐巷')).toEqual([numberOf('pharma')])
    expect(await titles('customers', '欧阳雪')).toEqual(['𠮷野制药'])
    // In one piece with many others, nothing would be merged by itself for a while.
    for (let n = 0; n < 80; n++) register({ serial: `AB-${n}`, fields: { faultSymptom: `漏油 ${n}` } })
    for (const table of ['order_search', 'customer_search']) desk.app.db.raw.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`)
    run('customer.erase', { customer: customers.get('𠮷野制药') as string, reason: '本人要求' })
    for (const text of ['欧阳雪', 'ouyangxue', '13700002222', '龘靐巷']) {
      const found = await search(text)
      expect(found.customers.hits).toEqual([])
      expect(found.orders.hits).toEqual([])
    }
    expect(await numbers('67000117')).not.toContain(numberOf('pharma'))
    await desk.app.searchPurged()
    desk.app.db.raw.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = readFileSync(join(desk.folder, 'loopdesk.db'))
    // Words are stored without the signs that they share with the one before.
    const stands = (sign: string): boolean => bytes.includes(Buffer.from(sign))
    expect(['靐', '雪'].map(stands)).toEqual([false, false])
    expect(stands('华')).toBe(true)
  })
})

const head = (order: string): string =>
  desk.app.subjects.load({ kind: 'workOrder', id: orders.get(order) as string }).last?.id ?? ''
