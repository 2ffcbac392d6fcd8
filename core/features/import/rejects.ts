import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import type { Reject } from './readRow.ts'

/** The rows not taken, as a CSV of its own: line, reason, the row as it stands in the file. Made anew by each run. */
export class Rejects {
  readonly #path: string
  #handle: number | undefined
  count = 0

  constructor(path: string) {
    this.#path = path
    rmSync(path, { force: true })
  }

  /** Null where nothing was rejected. */
  get file(): string | null {
    return this.count > 0 ? this.#path : null
  }

  add(line: number, reject: Reject, raw: string): void {
    this.count += 1
    const reason = reject.detail === undefined ? reject.reason : `${reject.reason}: ${reject.detail}`
    writeSync(this.#open(), stringify([[line, reason, raw]]))
  }

  #open(): number {
    if (this.#handle === undefined) {
      mkdirSync(dirname(this.#path), { recursive: true })
      this.#handle = openSync(this.#path, 'w', 0o600)
      // Spreadsheets take the mark as the sign of UTF-8.
      writeSync(this.#handle, `\uFEFF${stringify([['line', 'reason', 'row']])}`)
    }
    return this.#handle
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }
}
