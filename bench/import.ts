import { createHash } from 'node:crypto'
import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse'
import { openPromise } from 'yauzl'
import { createApp } from '#core/app.ts'
import { importHistory } from '#core/features/import/importHistory.ts'
import { loadMapping, type Mapping } from '#core/features/import/mapping.ts'
import { recordWrites, replayWrites, type Write } from './recorder.ts'
import { copyFolder, inFolder, median, round, type BenchResult } from './support.ts'

const HISTORY = fileURLToPath(new URL('../../shared/data/incident_event_log.csv.zip', import.meta.url))
const ROWS = 40_000
const ROUNDS = 5
const START = Date.UTC(2026, 5, 1, 1)

/** The first rows of the real history, or rows made like them where it is not there. */
async function historyFile(folder: string): Promise<string> {
  const file = join(folder, 'history.csv')
  writeFileSync(file, existsSync(HISTORY) ? await firstLines() : madeLines())
  return file
}

async function firstLines(): Promise<string> {
  const zip = await openPromise(HISTORY, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    let text = ''
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      text += String(chunk)
      // About 320 bytes a row.
      if (text.length > ROWS * 400) break
    }
    zip.close()
    return text.split('\n').slice(0, ROWS + 1).join('\n')
  }
  throw new Error('the history holds no file')
}

function madeLines(): string {
  const states = ['New', 'Active', 'Active', 'Awaiting User Info', 'Resolved', 'Closed']
  const lines = [
    'number,incident_state,reopen_count,sys_mod_count,caller_id,opened_at,sys_updated_at,contact_type,location,' +
      'category,subcategory,u_symptom,priority,assignment_group,assigned_to,x1,x2,x3,x4,x5,x6,x7,x8,x9',
  ]
  const filler = Array.from({ length: 9 }, (_, index) => `Value of column ${index}`).join(',')
  for (let row = 0; row < ROWS; row++) {
    const order = Math.floor(row / states.length)
    const step = row % states.length
    const day = 1 + (order % 28)
    lines.push(
      `INC${order},${states[step]},0,${step},Caller ${order % 500},${day}/3/2016 08:00,${day}/3/2016 1${step}:30,Phone,` +
        `Location ${order % 90},Category ${order % 40},Subcategory ${order % 200},Symptom ${order % 300},3 - Moderate,` +
        `Group ${(order + (step >> 1)) % 60},Resolver ${(order + step) % 200},${filler}`,
    )
  }
  return lines.join('\n')
}

/** One import into a fresh folder; `each` after every transaction. Returns ms. */
async function importInto(folder: string, file: string, mapping: Mapping, each?: () => void): Promise<number> {
  const app = createApp({ data: folder, clock: () => START })
  if (each) app.pipeline.onCommitted(each)
  const begun = performance.now()
  const result = await importHistory(app, { file, mapping })
  const elapsed = performance.now() - begun
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  app.close()
  return elapsed
}

/** The floor: the file through csv-parse, each event's text hashed, the same rows written in the same transactions. */
async function bareInto(folder: string, file: string, transactions: readonly (readonly Write[])[]): Promise<number> {
  const begun = performance.now()
  let rows = 0
  for await (const record of createReadStream(file).pipe(parse({ relax_column_count: true }))) if (record) rows += 1
  if (rows === 0) throw new Error('no rows')
  for (const [sql, params] of transactions.flat()) {
    if (sql.startsWith('INSERT INTO event ')) createHash('sha256').update(String(params[7])).digest()
  }
  const parsed = performance.now() - begun
  return parsed + replayWrites(join(folder, 'loopdesk.db'), transactions)
}

/** (b) Rows of a foreign history per second ÷ parsing, hashing and writing the same in a bare loop. */
export async function importBench(): Promise<BenchResult> {
  const mapping = loadMapping('servicenow')
  if (!mapping.ok) throw new Error(mapping.refusal.code)
  return inFolder(async (folder) => {
    const file = await historyFile(folder)
    const ready = join(folder, 'ready')
    createApp({ data: ready, clock: () => START }).close()

    const recorder = recordWrites()
    const transactions: Write[][] = []
    await importInto(copyFolder(ready, join(folder, 'recorded')), file, mapping.value, () => transactions.push(recorder.take()))
    recorder.stop()
    // What opening the folder wrote stands before the first event of the import.
    const first = transactions[0] as Write[]
    transactions[0] = first.slice(first.findIndex(([, params]) => params.some((value) => value === 'orderRegistered' || value === 'customerRegistered')))

    const path: number[] = []
    const bare: number[] = []
    for (let turn = 0; turn < ROUNDS; turn++) {
      path.push(await importInto(copyFolder(ready, join(folder, `path-${turn}`)), file, mapping.value))
      bare.push(await bareInto(copyFolder(ready, join(folder, `bare-${turn}`)), file, transactions))
    }
    return {
      name: 'b. import of a history',
      of: 'import ÷ csv-parse, hashing and a bare loop writing the same, rows per second',
      ratio: round(median(path.map((ms, turn) => (bare[turn] as number) / ms))),
      bound: { least: 0.5 },
      seen: {
        history: existsSync(HISTORY) ? 'the real one' : 'made',
        rows: ROWS,
        'path per second': Math.round((ROWS * 1000) / median(path)),
        'bare per second': Math.round((ROWS * 1000) / median(bare)),
        'added µs per row': Math.round(((median(path) - median(bare)) * 1000) / ROWS),
        'rows written per row': round(transactions.flat().length / ROWS, 1),
      },
    }
  })
}
