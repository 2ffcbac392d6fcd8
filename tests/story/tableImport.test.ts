import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeXlsx } from 'hucre/xlsx'
import { storeBlob } from '../support/blobs.ts'
import type { StateOf } from '#shared/domain/folds.ts'
import { LOCAL } from '#core/kernel/access.ts'
import { TableDesk } from '../support/tableDesk.ts'

let desk: TableDesk
beforeEach(() => (desk = new TableDesk()))
afterEach(() => desk.close())

const customer = (name: string) => desk.rows('customer').find((row) => row['name'] === name)

describe('customers', () => {
  const table = [
    '客户名称,联系人,联系电话,地址',
    '苏州精工机械,王强,13800000001,星湖街 218 号',
    '  无锡　华鼎 ,"李\n工",０５１０－８８８８１２３４,',
    '苏州精工机械 ,张三,,',
    '常州新誉,,1.38E+10,',
    ',赵六,,',
    '宁波海天,,1.3812345678E+10,=HYPERLINK("http://x")',
    '东莞恒力,,13800000001,',
  ].join('\r\n')

  it('are judged row by row, and nothing is written', async () => {
    const before = desk.events
    const job = await desk.check('customers', table)
    expect(job).toMatchObject({ state: 'checked', total: 7, counts: { create: 4, update: 0, skip: 0, error: 3 } })
    expect(await desk.said(job)).toEqual([
      '第 4 行 · 客户名称：与第 2 行重复',
      '第 5 行 · 联系电话：电话被表格软件改成了 1.38E+10，后几位已丢失。请把这一列设为“文本”，重新填写或导出',
      '第 6 行 · 客户名称：没有填',
      '第 7 行 · 联系电话：表格里是 1.3812345678E+10，读作 13812345678，请核对',
      '第 8 行 · 联系电话：电话与客户“苏州精工机械”相同，可能是同一家',
    ])
    expect(desk.events).toBe(before)
    expect(desk.rows('customer')).toEqual([])
  })

  it('are taken in once, however often the table is brought', async () => {
    const job = await desk.take('customers', table)
    expect(job).toMatchObject({ state: 'done', counts: { create: 4, error: 3 } })
    expect(customer('无锡 华鼎')).toMatchObject({ contact_name: '李 工', contact_phone: '0510-88881234' })
    expect(customer('宁波海天')).toMatchObject({ contact_phone: '13812345678', address: '=HYPERLINK("http://x")' })
    const after = desk.events
    expect(await desk.take('customers', table)).toMatchObject({ counts: { create: 0, update: 0, skip: 4, error: 3 } })
    expect(desk.events).toBe(after)
  })

  it('are changed where the table knows more, and never emptied', async () => {
    await desk.take('customers', '客户名称,联系人,电话\n苏州精工,王强,13800000001')
    const job = await desk.take('customers', '公司,联系人,电话,地址\n苏州 精工,,13800000002,星湖街')
    expect(job.counts).toMatchObject({ create: 0, update: 1 })
    expect(await desk.said(job)).toEqual(['第 2 行 · 客户名称：与已有的“苏州精工”视为同一个'])
    expect(customer('苏州精工')).toMatchObject({ contact_name: '王强', contact_phone: '13800000002', address: '星湖街' })
    const kept = await desk.take('customers', '公司,电话\n苏州精工,13800000003', { existing: 'keep' })
    expect(kept.counts).toMatchObject({ skip: 1 })
  })

  it.each([
    ['GB18030', Buffer.from('bfcdbba7c3fbb3c62cb5e7bbb00acbd5d6ddbeabb9a42c3133383030303030303031', 'hex')],
    ['UTF-8 with a mark, semicolons', '\uFEFF客户名称;电话\n苏州精工;13800000001'],
    ['tabs, below a title', '客户清单\t\n\n客户名称\t电话\n苏州精工\t13800000001'],
    ['UTF-16', Buffer.from('\uFEFF客户名称,电话\n苏州精工,13800000001', 'utf16le')],
  ])('are read from %s', async (_name, content) => {
    const job = await desk.take('customers', content)
    expect(job.counts).toMatchObject({ create: 1, error: 0 })
    expect(customer('苏州精工')).toMatchObject({ contact_phone: '13800000001' })
  })

  it('are read from a workbook: numbers, dates, formulas and damage as they are', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: '说明', rows: [['请填写第二张表']] },
        {
          name: '客户',
          rows: [['客户名称', '联系电话', '地址'], ['苏州精工', 13800000001, '街'], ['无锡华鼎', 1.2345678901234568e21, ''], ['常州', '', '#N/A']],
        },
      ],
    })
    const job = await desk.take('customers', bytes)
    expect(job.head).toMatchObject({ format: 'xlsx', sheet: '客户', headingRow: 1 })
    expect(job.counts).toMatchObject({ create: 1, error: 2 })
    expect(await desk.said(job)).toEqual([
      '第 3 行 · 联系电话：电话被表格软件改成了 1.23e+21，后几位已丢失。请把这一列设为“文本”，重新填写或导出',
      '第 4 行 · 地址：表格里是错误值 #N/A',
    ])
    expect(customer('苏州精工')).toMatchObject({ contact_phone: '13800000001' })
  })
})

describe('the columns', () => {
  it('are matched by either language, and as they were chosen last time', async () => {
    const job = await desk.bring('customers', 'Company name*,主要联系人,Mobile,备注,谁\n某公司,王,1,x,y')
    expect(job.columns).toEqual(['name', 'contactName', 'contactPhone', null, null])
    desk.imports.check(job, ['name', null, 'contactPhone', 'address', 'contactName'], job.options)
    await desk.imports.settled(job.id)
    const again = await desk.bring('customers', 'Company name,主要联系人,Mobile,备注,谁\n某公司,王,1,x,y')
    expect(again.columns).toEqual(['name', null, 'contactPhone', 'address', 'contactName'])
  })

  it('are asked for where a required one is missing', async () => {
    const job = await desk.bring('customers', '甲,乙\n1,2')
    expect(desk.imports.check(job, job.columns, job.options)).toMatchObject({ ok: false, refusal: { code: 'columnsMissing' } })
    expect(desk.imports.check(job, ['constructor'], job.options)).toMatchObject({ ok: false, refusal: { code: 'invalidInput', field: 'columns' } })
  })
})

describe('files that are none', () => {
  it.each([
    ['nothing', '', 'tableEmpty'],
    ['headings alone', '客户名称,电话\n', 'tableEmpty'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'tableOldFormat'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'tableDamaged'],
    ['a zip that is no workbook', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 'tableDamaged'],
    ['half a workbook', Buffer.from('504b0304140000000800', 'hex'), 'tableDamaged'],
  ])('%s', async (_name, content, code) => {
    const job = await desk.bring('customers', content)
    expect(job).toMatchObject({ state: 'failed', refusal: { code } })
  })
})

describe('machines', () => {
  const table = [
    '序列号,型号,客户,保修到期',
    'VS200-0117,BR-VS200,苏州精工,2027-03-17',
    'ｖｓ200－0117,br-vs200,苏州精工,',
    'VS200-0118,BR-VS200,新客户,2027年3月17日',
    'VS200-0119,BR-VS200,新 客户,03/04/2027',
    'VS200-0120,,,',
  ].join('\n')

  it('bring customers that nobody knows, to be confirmed, each once', async () => {
    await desk.take('customers', '客户名称\n苏州精工')
    const job = await desk.check('machines', table)
    expect(job.counts).toMatchObject({ create: 2, error: 3 })
    expect(await desk.said(job)).toEqual([
      '第 3 行 · 序列号：与第 2 行重复',
      '第 4 行 · 客户：没有客户“新客户”，将登记为待确认',
      '第 5 行 · 保修到期：“03/04/2027”分不清月和日，请在上面选定“日/月”还是“月/日”',
      '第 6 行 · 型号：没有填',
    ])
    const done = await desk.take('machines', table, { dayOrder: 'dayFirst' })
    expect(done.counts).toMatchObject({ create: 3, error: 2 })
    expect(desk.rows('customer').filter((row) => row['provisional'] === 1)).toHaveLength(1)
    expect(desk.rows('equipment').map((row) => row['warranty_until']).sort()).toEqual(['2027-03-17', '2027-03-17', '2027-04-03'])
    expect((await desk.take('machines', table, { dayOrder: 'dayFirst' })).counts).toMatchObject({ create: 0, update: 0, skip: 3, error: 2 })
  })

  it('are the same whatever the case and width of a serial, and it is said how the desk spells it', async () => {
    desk.do('equipment.register', { model: 'BR-VS200', serial: 'Vs200-0aB' })
    // On the telephone or in a form, too.
    const again = { id: 'again', name: 'equipment.register', input: { model: 'br-vs200', serial: 'vＳ200-0Ab' }, actor: { kind: 'user', id: 'admin' } as const }
    expect(desk.app.pipeline.execute(again)).toMatchObject({ ok: false, refusal: { code: 'equipmentExists' } })
    // What an older program let in twice.
    const registered = (id: string, serial: string) => ({
      commandId: id,
      events: [{ subject: { kind: 'equipment', id }, type: 'equipmentRegistered', version: 1, data: { customer: null, model: 'BR-VS300', serial } } as const],
    })
    desk.app.pipeline.ingest([registered('old-1', 'Sn-7x'), registered('old-2', 'SN-7X')], { kind: 'system', id: 'local' })
    const job = await desk.check('machines', ['序列号,型号,固件', 'ｖS200－0ab,BR-VS200,2.1', 'sn-7X,BR-VS300,2.1'].join('\n'))
    expect(job.counts).toMatchObject({ create: 0, update: 2, error: 0 })
    expect(await desk.said(job)).toEqual([
      '第 2 行 · 序列号：与已有的“Vs200-0aB”视为同一个',
      '第 3 行 · 序列号：与已有的“Sn-7x”视为同一个',
      '第 3 行 · 序列号：“BR-VS300 Sn-7x”与已登记的“SN-7X”只差大小写或全角半角，是同一台，请在设备页核对',
    ])
    await desk.apply(job)
    expect(desk.rows('equipment').map(({ serial, firmware }) => [serial, firmware]).sort()).toEqual([['SN-7X', null], ['Sn-7x', '2.1'], ['Vs200-0aB', '2.1']])
  })

  it('may insist on known customers', async () => {
    const job = await desk.check('machines', table, { unknown: 'error', dayOrder: 'dayFirst' })
    expect(job.counts).toMatchObject({ create: 0, error: 5 })
    expect((await desk.said(job))[0]).toBe('第 2 行 · 客户：没有名为“苏州精工”的客户')
  })
})

describe('parts with their opening stock', () => {
  it('are counted, once', async () => {
    const table = '料号,品名,单位,仓库,库存\nDRV-217,主轴驱动器,台,SH,"1,006"\n温控,模块,件,SH,2\nPT-1,模块,,,3.5\nPT-2,模块,件,SH,-1'
    const job = await desk.take('parts', table)
    expect(job.counts).toMatchObject({ create: 1, error: 3 })
    expect(desk.rows('part_stock')).toMatchObject([{ id: 'SH/DRV-217', name: '主轴驱动器', unit: '台', on_hand: 1006 }])
    expect((await desk.take('parts', table)).counts).toMatchObject({ create: 0, skip: 1 })
  })
})

describe('people', () => {
  it('get accounts, roles, telephone numbers and skills', async () => {
    const job = await desk.take('engineers', '姓名,工号,手机,技能\n李伟,LI.WEI,13900000001,电气、液压\n孙博,,139 0000 0002,\n陈立,chen.li,13900000003,机械\n无名,,,')
    expect(job.counts).toMatchObject({ create: 2, update: 1, error: 1 })
    const user = (id: string) => desk.app.subjects.load<StateOf<'user'>>({ kind: 'user', id }).state
    expect(user('li.wei')).toMatchObject({ displayName: '李伟', roles: ['engineer'], phone: '13900000001', skills: ['电气', '液压'] })
    expect(user('13900000002')).toMatchObject({ displayName: '孙博' })
    expect(user('chen.li')).toMatchObject({ phone: '13900000003', skills: ['机械'] })
    const more = await desk.take('users', '姓名,登录名,岗位\n李伟,li.wei,工程师，调度\n新人,xin,经理人')
    expect(more.counts).toMatchObject({ update: 1, error: 1 })
    expect(user('li.wei').roles).toEqual(['engineer', 'dispatcher'])
    expect((await desk.said(more))[0]).toMatch(/^第 3 行 · 岗位：不认识“经理人”，可填：调度、/)
  })
})

describe('open orders', () => {
  const table = [
    '工单号,客户,联系人,电话,序列号,型号,故障现象,优先级,状态,创建时间,负责人,下一步,等待方,承诺时间',
    'GD-1,苏州精工,王工,13800000001,VS200-0117,BR-VS200,出口温度波动,高,处理中,2026-09-01 08:30,陈立,回电,我方,2026/10/22 17:00',
    'GD-2,苏州精工,,,VS200-0117,,异响,,等备件,2026-10-20 09:00,zhou,,,',
    'GD-3,苏州精工,,,,,异响,,已派往,2026-10-20 09:00,周敏,,,',
    'GD-4,苏州精工,,,,,异响,,待初审,2026-12-20 09:00,周敏,,,',
    'GD-5,苏州精工,,,,,异响,,待初审,2026-10-20 09:00,刘某,,,',
    'GD-6,苏州精工,,,NEW-1,,异响,,待初审,2026-10-20 09:00,周敏,,,',
  ].join('\n')

  it('arrive in their stage with owner, first contact and promise, marked as imported', async () => {
    const job = await desk.check('orders', table)
    expect(job.counts).toMatchObject({ create: 1, error: 5 })
    const done = await desk.take('orders', table)
    expect((await desk.issues(done)).filter(({ level }) => level === 'error').map(({ line, column, code }) => [line, column, code])).toEqual([
      [4, 'stage', 'unknownWord'],
      [5, 'firstContactAt', 'futureTime'],
      [6, 'owner', 'unknownOwner'],
      [7, 'model', 'machineNeedsModel'],
    ])
    const rows = desk.rows('work_order')
    expect(rows.map((row) => [row['number'], row['stage'], row['owner'], row['imported'], row['next_step']])).toEqual(
      expect.arrayContaining([
        ['GD-1', 'diagnosis', 'chen.li', 1, '回电'],
        ['GD-2', 'partsLock', 'zhou', 1, expect.any(String)],
      ]),
    )
    const first = rows.find((row) => row['number'] === 'GD-1')
    expect(first).toMatchObject({ first_contact_at: Date.UTC(2026, 8, 1, 0, 30), promise_by: Date.UTC(2026, 9, 22, 9), priority: 'high', due_at: null })
    expect(desk.rows('equipment')).toMatchObject([{ serial: 'VS200-0117', provisional: 1 }])
    expect(desk.rows('stage_timer')).toEqual([])
    const before = desk.events
    expect((await desk.take('orders', table)).counts).toMatchObject({ create: 0, skip: 2 })
    expect(desk.events).toBe(before)
  })

  it('go on like any other', async () => {
    await desk.take('orders', table)
    const id = desk.rows('work_order').find((row) => row['number'] === 'GD-1')?.['id'] as string
    const on = () => ({ order: id, base: desk.app.subjects.load({ kind: 'workOrder', id }).last?.id })
    desk.do('workOrder.changeFields', { ...on(), fields: { conclusion: '温控模块老化', serviceMode: 'onsite', skillsNeeded: ['thermal'], partsNeeded: [] } })
    desk.do('workOrder.advance', on())
    expect(desk.rows('work_order').find((row) => row['id'] === id)).toMatchObject({ stage: 'scheduling', due_at: expect.any(Number) as number })
  })

  it('without a number are known by what they are about', async () => {
    const rows = '客户,故障现象,状态,创建时间,负责人\n苏州精工,异响,新建,2026-10-20 09:00,zhou\n苏州精工,漏油,新建,2026-10-20 09:00,zhou'
    expect((await desk.take('orders', rows)).counts).toMatchObject({ create: 2 })
    expect((await desk.take('orders', rows)).counts).toMatchObject({ create: 0, skip: 2 })
  })
})

describe('over the contract', () => {
  const table = '客户名称,电话\n苏州精工,13800000001'

  it('a table is uploaded, tried and taken in by whoever may make such records; the upload is not kept', async () => {
    desk.do('user.add', { login: 'shen', displayName: '沈岚', roles: ['supervisor'] })
    await desk.call('command', 'session.setPassword', { user: 'shen', password: 'a long enough one' }, { principal: LOCAL, audience: 'local' })
    const { body: signedIn } = await desk.call('command', 'session.signIn', { login: 'shen', password: 'a long enough one' })
    await desk.call('command', 'session.changePassword', { current: 'a long enough one', next: 'another long one' }, { token: signedIn['token'] as string })
    const token = signedIn['token'] as string
    const { hash } = storeBlob(desk.app.blobs, table)
    const begun = await desk.call('command', 'tableImport.begin', { kind: 'customers', blob: hash, name: '客户.csv' }, { token })
    expect(begun.status).toBe(200)
    expect(desk.app.blobs.has(hash)).toBe(false)
    const id = begun.body['id'] as string
    await desk.imports.settled(id)
    expect(await desk.call('command', 'tableImport.check', { id }, { token })).toMatchObject({ status: 200 })
    await desk.imports.settled(id)
    const { body } = await desk.call('query', 'tableImport.rows', { id }, { token })
    expect(body['rows']).toEqual([{ line: 2, action: 'create', cells: ['苏州精工', '13800000001'] }])
    await desk.call('command', 'tableImport.apply', { id }, { token })
    await desk.imports.settled(id)
    expect((await desk.call('query', 'tableImport.get', { id }, { token })).body).toMatchObject({ import: { state: 'done', by: 'shen', counts: { create: 1 } } })
    // The author is the import, by the name of whoever brought it.
    const text = desk.app.db.raw.prepare("SELECT text FROM event WHERE type = 'customerRegistered'").pluck().get() as string
    expect(JSON.parse(text)).toMatchObject({ actor: { kind: 'import', id: 'shen' } })
    const refused = await desk.call('command', 'tableImport.begin', { kind: 'users', blob: hash, name: 'x.csv' }, { token })
    expect(refused.body.error).toMatchObject({ code: 'forbidden' })
    expect((await desk.call('query', 'tableImport.template', { kind: 'orders', format: 'xlsx' }, { token })).body['content']).toMatch(/^UEsDB/)
  })

  it('can be stopped and gone on with, and nothing of a dry run that was stopped is kept', async () => {
    const rows = ['客户名称', ...Array.from({ length: 3000 }, (_, row) => `客户 ${row}`)].join('\n')
    const job = await desk.check('customers', rows)
    desk.imports.apply(job)
    while (desk.find(job.id).done === 0) await new Promise((resolve) => setImmediate(resolve))
    await desk.imports.cancel(job.id)
    const stopped = desk.find(job.id)
    expect(stopped).toMatchObject({ state: 'stopped', refusal: { code: 'importStopped' } })
    expect(desk.rows('customer')).toHaveLength(stopped.done)
    expect(await desk.apply(stopped)).toMatchObject({ state: 'done', done: 3000, counts: { create: 3000, skip: 0 } })
  })

  it('works in slices of the one writer', async () => {
    const rows = ['客户名称,电话', ...Array.from({ length: 2000 }, (_, row) => `客户 ${row},138${String(row).padStart(8, '0')}`)].join('\n')
    const job = await desk.check('customers', rows)
    let transactions = 0
    const stop = desk.app.pipeline.onCommitted(() => void (transactions += 1))
    await desk.apply(job)
    stop()
    expect(transactions).toBeGreaterThan(10)
  })
})
