import { setImmediate as pause } from 'node:timers/promises'
import type { Readable } from 'node:stream'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { CsvReader, readHeader, type CsvRow } from './csv.ts'
import type { Mapping } from './mapping.ts'
import { columnsOf, rowReader, type HistoryRow, type Reject } from './readRow.ts'
import { openSource } from './source.ts'

export interface RejectedRow {
  readonly row: CsvRow
  readonly reject: Reject
}

export interface Batch {
  readonly rows: readonly HistoryRow[]
  readonly rejected: readonly RejectedRow[]
  /** Rows read so far, whatever became of them. */
  readonly read: number
  readonly bytes: number
}

export interface RowStream {
  readonly size: number
  /** Gives way to other work between two batches. Throws where the file turns out to be damaged. */
  readonly batches: AsyncGenerator<Batch>
  close(): void
}

export interface RowOptions {
  readonly file: string
  readonly mapping: Mapping
  /** UTC ms; rows after it are read and left. */
  readonly asOf: number
  /** Most rows of a batch. */
  readonly batch: number
}

/** The first line must end within this much. */
const LONGEST_HEADER = 262_144

/** The rows of a file in the mapping's words. Refuses with what `openSource` and `rowReader` refuse with. */
export async function openRows(options: RowOptions): Promise<Result<RowStream>> {
  const { file, mapping, asOf, batch } = options
  const source = await openSource(file)
  if (!source.ok) return source
  const { bytes, size, close } = source.value
  const opened = await start()
  if (!opened.ok) close()
  return opened

  async function start(): Promise<Result<RowStream>> {
    const text = decoded(bytes, mapping.encoding)
    let head: Buffer = Buffer.alloc(0)
    let ended = false
    while (!ended && head.length < LONGEST_HEADER && head.indexOf(10) < 0) {
      const next = await text.next()
      if (next.done) ended = true
      else head = Buffer.concat([head, next.value])
    }
    const { delimiter, header } = headerOf(head, mapping)
    if (!header) return refuse('fileEmpty', 'file')
    const reader = rowReader(mapping, header.columns, asOf)
    if (!reader.ok) return reader
    const csv = new CsvReader({ delimiter, columns: header.columns.length, line: header.lines + 1 })
    const rest = head.subarray(header.end)
    const cut = async function* (): AsyncGenerator<{ rows: CsvRow[]; bytes: number }> {
      let passed = head.length
      yield { rows: csv.feed(rest, false), bytes: passed }
      for await (const chunk of text) {
        passed += chunk.length
        yield { rows: csv.feed(chunk, false), bytes: passed }
      }
      yield { rows: csv.feed(Buffer.alloc(0), true), bytes: passed }
    }
    return accept({ size, batches: batches(cut(), reader.value, batch), close })
  }
}

/** UTF-8 bytes without a byte order mark, whatever the file is written in. */
async function* decoded(bytes: Readable, encoding: string): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | null | undefined
  for await (const chunk of sound(bytes)) {
    let part = chunk
    if (decoder === undefined) {
      const mark = markOf(part)
      const label = new TextDecoder(mark ?? encoding).encoding
      decoder = label === 'utf-8' ? null : new TextDecoder(label)
      if (mark === 'utf-8') part = part.subarray(3)
    }
    yield decoder ? Buffer.from(decoder.decode(part, { stream: true })) : part
  }
  if (decoder) yield Buffer.from(decoder.decode())
}

/** The file, not the program, is what fails here. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError'
}

async function* sound(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) yield chunk
  } catch (error) {
    throw new DamagedFileError((error as Error).message)
  }
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined
}

/** The delimiter that finds most of the mapping's columns, a comma where none finds any. */
function headerOf(bytes: Buffer, mapping: Mapping) {
  const wanted = columnsOf(mapping)
  const tried = (mapping.delimiter ? [mapping.delimiter] : [',', ';', '\t']).map((delimiter) => {
    const header = readHeader(bytes, delimiter)
    return { delimiter, header, found: wanted.filter((column) => header?.columns.includes(column)).length }
  })
  return tried.reduce((best, next) => (next.found > best.found ? next : best))
}

async function* batches(
  parts: AsyncGenerator<{ rows: CsvRow[]; bytes: number }>,
  read: (row: CsvRow) => HistoryRow | Reject | 'later',
  size: number,
): AsyncGenerator<Batch> {
  let rows: HistoryRow[] = []
  let rejected: RejectedRow[] = []
  let count = 0
  let held = 0
  let passed = 0
  const batch = (): Batch => ({ rows, rejected, read: count, bytes: passed })
  for await (const part of parts) {
    passed = part.bytes
    for (const row of part.rows) {
      count += 1
      const result = read(row)
      if (result === 'later') continue
      if ('reason' in result) rejected.push({ row, reject: result })
      else rows.push(result)
      held += 1
      if (held < size) continue
      yield batch()
      await pause()
      ;[rows, rejected, held] = [[], [], 0]
    }
  }
  yield batch()
}
