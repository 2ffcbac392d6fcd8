import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeTable, type Cell, type Table, type TableFormat } from '#core/output/table.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { NOON, TestDesk } from '../support/desk.ts'
import { loopdesk } from '../support/cli.ts'
import { askPython, openpyxl } from '../support/spreadsheets.ts'

const place = mkdtempSync(join(tmpdir(), 'loopdesk-output-'))
afterAll(() => rmSync(place, { recursive: true }))

const EVIL = ['=1+1', '+86 138', '-2', '@SUM(A1)', '\t=1', '＝1+1', '正常', '带"引号",逗号', '两\n行', '𠮷😀', 'a\u0000b\u0007c', '\ud800x']

const tableOf = (rows: AsyncIterable<readonly Cell[]>): Table => ({
  name: '工单/测试',
  columns: [
    { title: '名称', kind: 'text' },
    { title: '数量', kind: 'number' },
    { title: '时间', kind: 'instant' },
    { title: '日期', kind: 'day' },
  ],
  rows,
  zone: 'Asia/Shanghai',
})
const AT = Date.UTC(2026, 10, 22, 16, 30)

async function* evilRows(): AsyncGenerator<Cell[]> {
  for (const text of EVIL) yield [text, 12.5, AT, '2026-11-22']
  yield ['', null, null, null]
}

async function bytesOf(table: Table, format: TableFormat): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of writeTable(table, format)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('a file of rows', () => {
  it('as CSV: byte order mark, Windows lines, no formulas, times of the zone', async () => {
    const text = (await bytesOf(tableOf(evilRows()), 'csv')).toString()
    expect(text.startsWith('\uFEFF名称,数量,时间,日期\r\n')).toBe(true)
    const lines = text.split('\r\n')
    expect(lines[1]).toBe(`'=1+1,12.5,2026-11-23 00:30,2026-11-22`)
    expect(lines[2]?.startsWith("'+86 138,")).toBe(true)
    expect(lines[3]?.startsWith("'-2,")).toBe(true)
    expect(lines[4]?.startsWith("'@SUM(A1),")).toBe(true)
    expect(lines[6]?.startsWith("'＝1+1,")).toBe(true)
    expect(text).toContain('"带""引号"",逗号",12.5')
    expect(text).toContain('abc,12.5')
    expect(lines.at(-2)).toBe(',,,')
  })

  it('as XLSX: texts as texts, numbers as numbers, dates as dates, read back', async () => {
    const bytes = await bytesOf(tableOf(evilRows()), 'xlsx')
    const { sheets } = await readXlsx(bytes)
    const rows = sheets[0]?.rows ?? []
    expect(rows[0]).toEqual(['名称', '数量', '时间', '日期'])
    expect(rows.slice(1, 1 + EVIL.length).map((row) => row[0])).toEqual([...EVIL.slice(0, 10), 'abc', '\ufffdx'])
    expect(rows[1]?.[1]).toBe(12.5)
    expect((rows[1]?.[2] as Date).toISOString()).toBe('2026-11-23T00:30:00.000Z')
    expect((rows[1]?.[3] as Date).toISOString()).toBe('2026-11-22T00:00:00.000Z')
    const file = join(place, 'evil.xlsx')
    writeFileSync(file, bytes)
    const parts = spawnSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml']).stdout.toString()
    expect(parts).not.toContain('<f>')
  })

  it.skipIf(!openpyxl.there)(`as XLSX: opens in another program with the same types${openpyxl.why}`, async () => {
    const file = join(place, 'python.xlsx')
    writeFileSync(file, await bytesOf(tableOf(evilRows()), 'xlsx'))
    const script = `
import json, openpyxl, sys
sheet = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
print(json.dumps([sheet.title, sheet.freeze_panes, [[c.data_type, str(c.value), c.number_format] for c in list(sheet.rows)[1]]]))`
    const [title, frozen, cells] = askPython(script, file) as [string, string, string[][]]
    expect([title, frozen]).toEqual(['工单 测试', 'A2'])
    expect(cells).toEqual([
      ['s', '=1+1', 'General'],
      ['n', '12.5', '0.##########'],
      ['d', '2026-11-23 00:30:00', 'yyyy-mm-dd hh:mm'],
      ['d', '2026-11-22 00:00:00', 'yyyy-mm-dd'],
    ])
  })

  it.each(['csv', 'xlsx'] as const)('of 120,000 rows as %s takes no more memory than one of few', async (format) => {
    let most = 0
    async function* many(): AsyncGenerator<Cell[]> {
      for (let n = 0; n < 120_000; n++) {
        if (n % 20_000 === 0) {
          globalThis.gc?.()
          most = Math.max(most, process.memoryUsage().heapUsed)
        }
        yield [`第 ${n} 行 触摸屏无响应`, n, AT + n, '2026-11-22']
      }
    }
    const before = process.memoryUsage().heapUsed
    let size = 0
    for await (const piece of writeTable(tableOf(many()), format)) size += piece.byteLength
    expect(size).toBeGreaterThan(1_000_000)
    expect((most - before) / 1024 / 1024).toBeLessThan(80)
  })

  it('stops asking for rows when nobody reads any more', async () => {
    let asked = 0
    let ended = false
    async function* endless(): AsyncGenerator<Cell[]> {
      try {
        for (;;) yield ['x', ++asked, AT, null]
      } finally {
        ended = true
      }
    }
    for await (const piece of writeTable(tableOf(endless()), 'xlsx')) if (piece.byteLength > 0 && asked > 1000) break
    expect(ended).toBe(true)
    expect(asked).toBeLessThan(200_000)
  })
})

describe('output.open, output.read', () => {
  let desk: TestDesk
  const as = (id: string, roles: readonly 'dispatcher'[] = ['dispatcher']) => ({
    principal: { actor: { kind: 'user', id }, roles, local: false } as const,
  })
  beforeAll(() => {
    desk = new TestDesk()
    desk.now = NOON
    for (let n = 0; n < 450; n++) {
      const result = desk.app.pipeline.execute({
        id: `order-${n}`,
        name: 'workOrder.register',
        actor: LOCAL.actor,
        input: {
          customer: { name: n === 0 ? '=HYPERLINK("http://x")' : `客户 ${n % 7}` },
          equipment: { model: `VS${n % 3}`, serial: `SN-${n}` },
          channel: n % 2 ? 'phone' : 'wechat',
          repliedAtCall: n % 2 === 1,
          fields: { contactName: '王工', contactPhone: '13800000000', faultCategory: '触控', faultSymptom: n % 5 ? '触摸漂移' : '黑屏' },
        },
      })
      if (!result.ok) throw new Error(JSON.stringify(result.refusal))
    }
  })
  afterAll(() => desk.close())

  async function file(input: object, who = as('zhou')): Promise<{ text: string; bytes: Buffer; fileName: string; total: number | null; rows: number }> {
    const opened = await desk.call('command', 'output.open', { table: 'orders', format: 'csv', ...input }, who)
    if (opened.status !== 200) throw new Error(JSON.stringify(opened.body))
    const { job, fileName, total } = opened.body as unknown as { job: string; fileName: string; total: number | null }
    const pieces: Buffer[] = []
    for (let piece = 0; ; piece++) {
      const { body } = await desk.call('command', 'output.read', { job, piece }, who)
      const { bytes, rows, done } = body as unknown as { bytes: string; rows: number; done: boolean }
      pieces.push(Buffer.from(bytes, 'base64'))
      if (!done) continue
      await desk.call('command', 'output.close', { job }, who)
      const all = Buffer.concat(pieces)
      return { text: all.toString(), bytes: all, fileName, total, rows }
    }
  }

  it('writes the list as it is filtered, sorted and laid out', async () => {
    const input = { filter: { channel: 'wechat', text: '黑屏' }, sort: { by: 'number', descending: false }, columns: ['number', 'channel', 'customer', 'firstContact'] }
    const { text, fileName, total, rows } = await file({ input })
    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('\uFEFF工单号,渠道,客户,首次联系')
    expect([rows, total === null || total >= rows]).toEqual([45, true])
    expect(lines).toHaveLength(46)
    expect(lines[1]).toBe(`A-261021-001,微信,"'=HYPERLINK(""http://x"")",2026-10-21 10:00`)
    const numbers = lines.slice(1).map((line) => line.split(',')[0])
    expect(numbers).toEqual([...numbers].sort())
    expect(fileName).toBe('工单-20261021-1000.csv')
  })

  it('writes every order once, in English too', async () => {
    const { text, rows, total } = await file({ language: 'en' })
    expect([rows, total]).toEqual([450, 450])
    expect(text.startsWith('\uFEFFNumber,Priority,Status')).toBe(true)
    expect(new Set(text.match(/A-261021-\d+/g)).size).toBe(450)
    const { bytes } = await file({ format: 'xlsx' })
    expect((await readXlsx(bytes)).sheets[0]?.rows).toHaveLength(451)
  })

  it('gives a piece again whose answer was lost, to its owner alone, and nothing after it was given up', async () => {
    const opened = await desk.call('command', 'output.open', { table: 'orders', format: 'csv' }, as('zhou'))
    const job = opened.body['job'] as string
    const first = await desk.call('command', 'output.read', { job, piece: 0 }, as('zhou'))
    expect((await desk.call('command', 'output.read', { job, piece: 0 }, as('zhou'))).body).toEqual(first.body)
    expect((await desk.call('command', 'output.read', { job, piece: 1 }, as('li'))).body.error?.code).toBe('outputGone')
    expect((await desk.call('command', 'output.read', { job, piece: 7 }, as('zhou'))).body.error?.code).toBe('outputGone')
    await desk.call('command', 'output.close', { job }, as('zhou'))
    expect((await desk.call('command', 'output.read', { job, piece: 1 }, as('zhou'))).body.error?.code).toBe('outputGone')
  })

  it('writes customers, machines, contracts, stock and promises as they are looked through', async () => {
    const made = (name: string, input: object) => {
      const result = desk.app.pipeline.execute({ id: `made-${name}`, name, actor: LOCAL.actor, input })
      if (!result.ok) throw new Error(JSON.stringify(result.refusal))
      return `made-${name}`
    }
    const customer = made('customer.register', { name: '-振华机械', contactName: '+王工', contactPhone: '0512-6288 1234', region: '华东' })
    made('equipment.register', { customer, model: 'BR-VS6000', serial: '@SN-9', deliveredOn: '2026-01-05', warrantyUntil: '2027-01-04' })
    const terms = { kind: 'maintenance', from: '2026-01-01', to: '2026-12-31', coverage: 'contract', responseHours: 4 }
    made('contract.register', { customer, number: '=WB-1', notes: '两\n行', ...terms })
    made('stock.describe', { warehouse: 'SH', part: 'P-1', name: '=触控面板', unit: '块' })
    made('stock.receive', { warehouse: 'SH', part: 'P-1', quantity: 3 })
    const linesOf = async (table: string, input: object) => {
      const { text, fileName } = await file({ table, input })
      return { fileName, lines: text.trimEnd().split('\r\n') }
    }
    const customers = await linesOf('customers', { text: '振华' })
    expect(customers.fileName).toBe('客户-20261021-1000.csv')
    expect(customers.lines).toEqual(['\uFEFF名称,联系人,电话,地址,区域,设备,未结,状态', "'-振华机械,'+王工,0512-6288 1234,,华东,1,0,使用中"])
    expect((await linesOf('customers', { show: 'all' })).lines).toHaveLength(1 + 9)
    const machines = await linesOf('machines', { customer })
    expect(machines.lines.slice(1)).toEqual(["BR-VS6000,'@SN-9,'-振华机械,,,,2026-01-05,2027-01-04,保内,0,在用"])
    expect((await linesOf('machines', { show: 'all' })).lines).toHaveLength(1 + 451)
    expect((await linesOf('contracts', {})).lines.slice(1).join('\n')).toBe("'=WB-1,'-振华机械,维保合同,2026-01-01,2026-12-31,生效中,合同内免费,客户的全部设备,4,\"两\n行\"")
    expect((await linesOf('stock', { warehouse: 'SH' })).lines.slice(1)).toEqual(["P-1,'=触控面板,SH,块,3,0,3,0,0"])
    const promises = (await linesOf('promises', {})).lines
    expect(promises).toHaveLength(1 + 450)
    expect(new Set(promises.map((line) => line.split(',')[0])).size).toBe(451)
    expect((await linesOf('promises', { filter: { due: 'broken' } })).lines).toHaveLength(1)
    const { bytes } = await file({ table: 'machines', format: 'xlsx', input: { customer }, language: 'en' })
    expect((await readXlsx(bytes)).sheets[0]?.rows[1]?.[6]).toEqual(new Date('2026-01-05T00:00:00Z'))
    for (const table of ['customers', 'machines', 'contracts', 'stock', 'promises']) {
      const refused = await desk.call('command', 'output.open', { table, format: 'csv' }, as('nobody', []))
      expect([table, refused.body.error?.code]).toEqual([table, 'forbidden'])
    }
  })

  it('refuses an unknown table, a wrong input, and whoever may not read', async () => {
    const code = async (input: object, who = as('zhou')) => (await desk.call('command', 'output.open', { format: 'csv', ...input }, who)).body.error?.code
    expect(await code({ table: 'secrets' })).toBe('notFound')
    expect(await code({ table: 'orders', input: { columns: ['password'] } })).toBe('invalidInput')
    expect(await code({ table: 'orders', input: { filter: { nonsense: 1 } } })).toBe('invalidInput')
    expect(await code({ table: 'orders' }, as('nobody', []))).toBe('forbidden')
  })
})

describe('loopdesk export', () => {
  it('writes a file beside nothing, or none', async () => {
    const data = join(place, 'desk')
    const desk = new TestDesk(data)
    desk.app.close()
    const out = join(place, 'orders.xlsx')
    const { code, json } = await loopdesk('export', 'orders', '--data', data, '--out', out, '--lang', 'zh-CN')
    expect([code, json]).toMatchObject([0, { ok: true, rows: 0, file: out }])
    expect((await readXlsx(readFileSync(out))).sheets[0]?.rows[0]?.[0]).toBe('工单号')
    const wrong = await loopdesk('export', 'orders', '--data', data, '--out', join(place, 'orders.pdf'))
    expect(wrong.code).toBe(2)
    const absent = await loopdesk('export', 'orders', '--data', join(place, 'none'), '--out', join(place, 'none.csv'))
    expect([absent.code, existsSync(join(place, 'none.csv'))]).toEqual([1, false])
  })
})
