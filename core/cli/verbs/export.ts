import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Writable } from 'node:stream'
import { MONTH_SHEETS, type MonthSheet } from '#shared/contract/monthEnd.ts'
import type { QueryInput } from '#shared/contract/registry.ts'
import { STAGES, STATUSES } from '#shared/domain/workOrder/stages.ts'
import { needed, UsageError, type Arguments } from '../arguments.ts'
import { reachCenter, type Center } from '../center.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

/** Rows as a file, as the list on the screen gives it. Stopped or failed, it leaves none. */
export async function exportTable({ word, month, values, data }: Arguments, output: Output): Promise<number> {
  const file = resolve(needed('out', values.out))
  const format = file.endsWith('.xlsx') ? 'xlsx' : file.endsWith('.csv') ? 'csv' : undefined
  if (!format) throw new UsageError('--out is a file that ends in .csv or .xlsx')
  const tables = month === '' ? [{ table: word, input: { filter: filterOf(values) }, file }] : monthTables(month, file, format)
  const center = reachCenter(data, 'export')
  try {
    let rows = 0
    for (const { table, input, file: part } of tables) {
      const opened = await center.command('output.open', { table, input, format, language: output.locale })
      rows += await interruptible((signal) => write(center, opened, part, output, signal))
    }
    const files = tables.map((each) => each.file)
    output.result({ ok: true, file: files[0] ?? file, ...(files.length > 1 && { files }), rows }, () =>
      output.say(`已导出 ${rows} 行：${files.join('、')}`, `${rows} rows exported: ${files.join(', ')}`),
    )
    return 0
  } finally {
    center.close()
  }
}

/** XLSX holds all sheets of the month; CSV knows no sheets, so each gets a file of its own: `FILE-parts.csv`. */
function monthTables(month: string, file: string, format: 'csv' | 'xlsx'): { table: string; input: { month: string; sheet?: MonthSheet }; file: string }[] {
  if (format === 'xlsx') return [{ table: 'monthEnd', input: { month }, file }]
  return MONTH_SHEETS.map((sheet) => ({
    table: 'monthEnd',
    input: { month, sheet },
    file: `${file.slice(0, -'.csv'.length)}-${sheet}.csv`,
  }))
}

function filterOf(values: Arguments['values']): NonNullable<QueryInput['workOrder.list']['filter']> {
  const stage = STAGES.find((known) => known === values.stage)
  if (values.stage !== undefined && !stage) throw new UsageError(`--stage is one of ${STAGES.join(', ')}`)
  const status = STATUSES.find((known) => known === values.status)
  if (values.status !== undefined && !status) throw new UsageError(`--status is one of ${STATUSES.join(', ')}`)
  return { ...(stage && { stage, status: 'open' as const }), ...(status && { status }), ...(values.text !== undefined && { text: values.text }) }
}

async function write(
  center: Center,
  { job, total }: { job: string; total: number | null },
  file: string,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  // Whatever stood under this name stays until all of the new file is there.
  const part = `${file}.part`
  const stream = createWriteStream(part, { mode: 0o600 })
  const broken = new Promise<never>((_, reject) => stream.once('error', reject))
  try {
    for (let number = 0; ; number++) {
      if (signal.aborted) throw new Refused({ code: 'outputGone' })
      const { bytes, rows, done } = await center.command('output.read', { job, piece: number })
      await Promise.race([put(stream, Buffer.from(bytes, 'base64')), broken])
      if (total !== null) output.progress(rows, total)
      if (!done) continue
      await Promise.race([new Promise<void>((finished) => stream.end(finished)), broken])
      renameSync(part, file)
      return rows
    }
  } catch (error) {
    stream.destroy()
    rmSync(part, { force: true })
    throw error
  } finally {
    await center.command('output.close', { job })
  }
}

const put = (stream: Writable, bytes: Buffer): Promise<void> =>
  new Promise((written) => (stream.write(bytes) ? written() : stream.once('drain', written)))
