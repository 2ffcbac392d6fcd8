import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { loadMapping, parseMapping } from '#core/features/import/mapping.ts'
import { importHistory } from '#core/features/import/importHistory.ts'
import { ImportDesk, HEADER, mappingOf, rowOf } from '../support/importDesk.ts'
import { zipOf } from '../support/zip.ts'

const GOOD = rowOf('A-1', '2026-03-01 09:00', '新建')
const FILE = `${HEADER}\n${GOOD}\n`

let desk: ImportDesk
beforeEach(() => (desk = new ImportDesk()))
afterEach(() => desk.close())

async function code(content: string | Buffer, mapping = mappingOf()): Promise<string> {
  const result = await desk.import(content, { mapping })
  return result.ok ? 'ok' : [result.refusal.code, result.refusal.field].filter(Boolean).join(' ')
}

describe('rows that cannot be taken', () => {
  const bad = (row: string) => desk.imported([HEADER, GOOD, row, rowOf('A-2', '2026-03-01 09:00', '新建')].join('\n'))

  it.each([
    ['an unknown state', rowOf('A-1', '2026-03-02 09:00', '-100'), 'unknownState: -100'],
    ['no state', rowOf('A-1', '2026-03-02 09:00', '-'), 'unknownState: '],
    ['a date that is none', rowOf('A-1', '2026-02-30 09:00', '新建'), 'badDate: time 2026-02-30 09:00'],
    ['no date', rowOf('A-1', '', '新建'), 'badDate: time '],
    ['a bad first contact', rowOf('A-1', '2026-03-02 09:00', '新建', { opened: 'soon' }), 'badDate: opened soon'],
    ['no number', rowOf('-', '2026-03-02 09:00', '新建'), 'numberMissing'],
    ['too few columns', 'A-1,2026-03-02 09:00', 'columnCount'],
    ['too many columns', `${GOOD},x`, 'columnCount'],
    ['a counter that is none', rowOf('A-1', '2026-03-02 09:00', '新建', { reopened: 'x' }), 'badNumber: reopened'],
    ['NUL', rowOf('A-1', '2026-03-02 09:00', '新建', { fault: 'a\0b' }), 'uncleanText: fault'],
    ['a huge value', rowOf('A-1', '2026-03-02 09:00', '新建', { fault: 'x'.repeat(30_000) }), 'valueTooLong: fault'],
    ['an open quote', rowOf('A-1', '2026-03-02 09:00', '新建', { fault: '"x' }), 'badQuotes'],
  ])('%s', async (_name, row, reason) => {
    const summary = await bad(row)
    expect(summary).toMatchObject({ rows: 3, orders: 2, rejected: 1 })
    const [head, line] = desk.rejects(summary)
    expect(head).toBe('\uFEFFline,reason,row')
    expect(line?.startsWith(`3,${reason},`) || line?.startsWith(`3,"${reason}"`)).toBe(true)
    expect(line).toContain(row.replaceAll('"', '""').slice(0, 15))
    expect(desk.order('A-1').stage).toBe('intakeReview')
  })

  it('a value of a megabyte and a half, in quotes or not, costs its own row', async () => {
    const huge = 'x'.repeat(1_500_000)
    for (const value of [huge, `"${huge}"`]) {
      const summary = await bad(rowOf('A-1', '2026-03-02 09:00', '新建', { fault: value }))
      expect(summary).toMatchObject({ rows: 3, rejected: 1, orders: 2 })
    }
  })

  it('an open quote costs its line, not those after it', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => rowOf(`B-${index}`, '2026-03-01 09:00', '新建'))
    rows[10] = rowOf('B-10', '2026-03-01 09:00', '新建', { fault: '"x' })
    rows[30] = rowOf('B-30', '2026-03-01 09:00', '新建', { fault: '"a\nb ""c"""' })
    const summary = await desk.imported([HEADER, ...rows].join('\r\n'))
    expect(summary).toMatchObject({ rows: 50, rejected: 1, orders: 49 })
    expect(desk.rejects(summary)[1]).toMatch(/^12,badQuotes,/)
    expect(desk.order('B-30').fields['symptom']).toBe('a\nb "c"')
  })

  it('rows of another encoding than the mapping says', async () => {
    const bytes = Buffer.concat([Buffer.from(`${FILE}A-2,2026-03-01 09:00,`), Buffer.from('d0c2bda8', 'hex'), Buffer.from(',,,,,,,,')])
    const summary = await desk.imported(bytes)
    expect(summary).toMatchObject({ rows: 2, orders: 1, rejected: 1 })
    expect(desk.rejects(summary)[1]).toContain('badEncoding: state')
  })

  it('a quote within a value is forgiven', async () => {
    const summary = await bad(rowOf('A-1', '2026-03-02 09:00', '新建', { fault: '15" 屏' }))
    expect(summary).toMatchObject({ rejected: 0 })
    expect(desk.order('A-1').fields['symptom']).toBe('15" 屏')
  })

  it('line numbers count every line of the file', async () => {
    const rows = [HEADER, rowOf('A-1', '2026-03-02 09:00', '新建', { fault: '"a\r\nb"' }), '', rowOf('A-1', 'x', '新建')]
    expect(desk.rejects(await desk.imported(rows.join('\r\n')))[1]).toMatch(/^5,/)
  })
})

describe('files as they come', () => {
  it.each([
    ['with a byte order mark', `\uFEFF${FILE}`],
    ['with CRLF', FILE.replaceAll('\n', '\r\n')],
    ['without a last line end', FILE.trimEnd()],
    ['with semicolons', FILE.replaceAll(',', ';')],
    ['with tabs', FILE.replaceAll(',', '\t')],
    ['in UTF-16', Buffer.from(`\uFEFF${FILE}`, 'utf16le')],
    ['in a zip', zipOf({ 'read me.txt': 'x', 'in/history.CSV': FILE, '__MACOSX/in/._history.CSV': 'x' })],
    ['of quoted values', FILE.replaceAll(/[^,\n]+/g, '"$&"')],
  ])('%s', async (_name, content) => {
    expect(await desk.imported(content)).toMatchObject({ rows: 1, orders: 1, rejected: 0, events: 3 })
    expect(desk.order('A-1').fields['customer']).toMatch(/^suzhou\.\./)
  })

  it('in GB18030, where the mapping says so', async () => {
    const hex =
      'b5a5bac52cb1bce42cd7b4cc6c2cbfcdbba70a'.replace('b1bce4', 'cab1bce4').replace('d7b4cc6c', 'd7b4ccac') +
      Buffer.from('A-1,2026/03/02 09:00,').toString('hex') +
      'd0c2bda82ccbd5d6ddc4b3c4b30a'
    const mapping = mappingOf({
      encoding: 'gb18030',
      dates: { format: 'YYYY/MM/DD HH:mm', zone: 'Asia/Shanghai' },
      columns: { number: '单号', time: '时间', state: '状态', customer: '客户' },
    })
    expect(await desk.imported(Buffer.from(hex, 'hex'), { mapping })).toMatchObject({ rows: 1, orders: 1, rejected: 0 })
    expect(desk.app.db.raw.prepare('SELECT name FROM customer').pluck().all()).toEqual(['苏州某某'])
  })

  it('with a first line alone', async () => {
    expect(await desk.imported(`${HEADER}\n`)).toMatchObject({ rows: 0, orders: 0, events: 0 })
  })

  it('is refused when it cannot be read', async () => {
    expect(await code('')).toBe('fileEmpty file')
    expect(await code('\n\n')).toBe('fileEmpty file')
    expect(await code('a,b\n1,2')).toBe('columnMissing columns.number')
    expect(await code(FILE.replace('fault', 'time'))).toBe('columnTwice columns.time')
    expect(await code(zipOf({ 'a.txt': 'x' }))).toBe('zipWithoutCsv file')
    expect(await code(zipOf({}))).toBe('zipWithoutCsv file')
    expect(await code(zipOf({ 'a.csv': FILE, 'b.csv': FILE }))).toBe('zipSeveralCsv file')
    expect(await code(zipOf({ 'a.csv': '' }))).toBe('fileEmpty file')
    expect(await code(zipOf({ 'a.csv': FILE }).subarray(0, 60))).toBe('fileDamaged file')
    expect(await code(Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256)))).toBe('columnMissing columns.number')
    const to = (file: string) => importHistory(desk.app, { file, mapping: mappingOf() })
    expect(await to(join(desk.folder, 'none.csv'))).toMatchObject({ refusal: { code: 'fileMissing' } })
    expect(await to(desk.folder)).toMatchObject({ refusal: { code: 'fileUnreadable' } })
    expect(desk.events()).toEqual([])
  })

  it('keeps what was read of a zip before its damage', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => rowOf(`B-${index}`, '2026-03-01 09:00', '新建', { fault: `${index * 7919}` }))
    const whole = [HEADER, ...rows].join('\n')
    const zip = zipOf({ 'a.csv': whole })
    zip.fill(0xff, zip.length - 400, zip.length - 300)
    expect(await code(zip)).toBe('fileDamaged file')
    const rest = await desk.imported(whole)
    expect(rest.orders).toBe(3000)
    expect(rest.events).toBeLessThan(6001)
    expect(desk.events()).toHaveLength(6001)
  })
})

describe('a mapping', () => {
  const refusal = (input: unknown) => {
    const parsed = parseMapping(input)
    return parsed.ok ? 'ok' : `${parsed.refusal.code} ${parsed.refusal.field ?? ''}`
  }

  it('names the field that is wrong', () => {
    const good = { ...mappingOf() }
    expect(refusal(good)).toBe('ok')
    expect(refusal({ ...good, name: 'A B' })).toBe('mappingInvalid name')
    expect(refusal({ ...good, dates: { format: 'YYYY-MM-DD', zone: 'UTC' } })).toBe('mappingInvalid dates.format')
    expect(refusal({ ...good, dates: { format: 'ISO', zone: 'Mars/Base' } })).toBe('mappingInvalid dates.zone')
    expect(refusal({ ...good, states: { x: 'somewhere' } })).toBe('mappingInvalid states.x')
    expect(refusal({ ...good, encoding: 'morse' })).toBe('mappingInvalid encoding')
    expect(refusal({ ...good, surprise: 1 })).toBe('mappingInvalid surprise')
    expect(refusal({ ...good, columns: { ...good.columns, fields: { contactPhone: 'phone' } } })).toMatch(/^mappingInvalid columns.fields/)
    expect(refusal('x')).toBe('mappingInvalid ')
  })

  it('is one of ours by name, or a file', () => {
    expect(loadMapping('servicenow')).toMatchObject({ ok: true, value: { name: 'servicenow' } })
    expect(loadMapping('nonesuch')).toMatchObject({ refusal: { code: 'mappingUnknown', field: 'mapping' } })
    expect(loadMapping(desk.write('{', 'broken.json'))).toMatchObject({ refusal: { code: 'mappingInvalid' } })
    expect(loadMapping(desk.write(JSON.stringify(mappingOf()), 'own.json'))).toMatchObject({ ok: true, value: { name: 'suzhou' } })
  })
})
