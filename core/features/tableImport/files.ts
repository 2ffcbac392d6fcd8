import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import type { TableIssue } from '#shared/domain/tableImport/kinds.ts'
import type { RawRow } from '#shared/domain/tableImport/row.ts'
import type { ReadableDb } from '../../store/sql.ts'

/** The rows and findings of imports lie beside the database: they are no facts, and hold what is personal. */
const placeOf = (folder: string): string => join(folder, 'imports', 'tables')

export const folderOf = (db: ReadableDb): string => dirname(db.raw.name)

export interface TableFiles {
  readonly folder: string
  readonly source: string
  readonly rows: string
  readonly issues: string
  /** What becomes of the first rows. */
  readonly preview: string
}

export function filesOf(dataFolder: string, id: string): TableFiles {
  const folder = join(placeOf(dataFolder), id)
  const file = (name: string): string => join(folder, name)
  return { folder, source: file('source'), rows: file('rows.ndjson'), issues: file('issues.ndjson'), preview: file('preview.ndjson') }
}

export const makeFolder = (files: TableFiles): string | undefined => mkdirSync(files.folder, { recursive: true, mode: 0o700 })

/** What was taken in is in the log: the table itself goes, what was found wrong stays. */
export function removeTable({ source, rows, preview }: TableFiles): void {
  for (const path of [source, rows, preview]) rmSync(path, { force: true })
}

export const removeFiles = (files: TableFiles): void => rmSync(files.folder, { recursive: true, force: true })

/** What no import knows any more. */
export function removeStrangers(dataFolder: string, known: ReadonlySet<string>): void {
  const place = placeOf(dataFolder)
  const names = existsSync(place) ? readdirSync(place) : []
  for (const name of names) if (!known.has(name)) rmSync(join(place, name), { recursive: true, force: true })
}

const CHUNK = 262_144

/** The lines of a file, in the portions in which the disk gives them. A missing file has none. */
async function* linesOf(path: string): AsyncGenerator<string[]> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return
  try {
    let rest: Buffer = Buffer.alloc(0)
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK)
      if (bytesRead === 0) break
      const window = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
      const end = window.lastIndexOf(10)
      if (end >= 0) yield window.toString('utf8', 0, end).split('\n')
      rest = window.subarray(end + 1)
    }
    if (rest.length > 0) yield [rest.toString('utf8')]
  } finally {
    await file.close()
  }
}

/** @param from rows to pass over */
export async function* readRows(path: string, from = 0): AsyncGenerator<RawRow> {
  let index = 0
  for await (const lines of linesOf(path)) {
    for (const text of lines) {
      if (index++ < from) continue
      const [line, cells, flaw] = JSON.parse(text) as [number, string[], string?]
      yield { line, cells, flaw }
    }
  }
}

/** @param options.offset issues to pass over; one more than the limit is looked for, to say whether there are more */
export async function readIssues(
  path: string,
  { level, offset, limit }: { readonly level?: TableIssue['level'] | undefined; readonly offset: number; readonly limit: number },
): Promise<{ issues: TableIssue[]; more: boolean }> {
  const issues: TableIssue[] = []
  let passed = 0
  const mark = level && `"level":"${level}"`
  for await (const lines of linesOf(path)) {
    for (const text of lines) {
      if (mark && !text.includes(mark)) continue
      if (passed++ < offset) continue
      if (issues.length === limit) return { issues, more: true }
      issues.push(JSON.parse(text) as TableIssue)
    }
  }
  return { issues, more: false }
}

export async function readAll<Entry>(path: string): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const lines of linesOf(path)) for (const text of lines) entries.push(JSON.parse(text) as Entry)
  return entries
}

/** Writes a JSON text a line; waits where the disk is slower. */
export class LineFile {
  readonly #stream: WriteStream

  constructor(path: string, flags: 'w' | 'a') {
    this.#stream = createWriteStream(path, { mode: 0o600, flags })
  }

  async add(entries: readonly object[]): Promise<void> {
    if (entries.length === 0) return
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    if (!this.#stream.write(text)) await once(this.#stream, 'drain')
  }

  async end(): Promise<void> {
    this.#stream.end()
    await once(this.#stream, 'close')
  }
}
