import { createReadStream, openSync, closeSync, fstatSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'

/** The bytes of one CSV, plain or inside a zip, never unpacked to disk. */
export interface Source {
  readonly bytes: Readable
  /** Length of the CSV itself. */
  readonly size: number
  close(): void
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1')
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1')

/** Refuses with `fileMissing`, `fileUnreadable`, `fileEmpty`, `fileDamaged`, `zipWithoutCsv`, `zipSeveralCsv`. */
export async function openSource(file: string): Promise<Result<Source>> {
  let size: number
  const head = Buffer.alloc(4)
  try {
    const handle = openSync(file, 'r')
    try {
      const stat = fstatSync(handle)
      if (!stat.isFile()) return refuse('fileUnreadable', 'file', { reason: 'not a file' })
      size = stat.size
      readSync(handle, head, 0, 4, 0)
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? refuse('fileMissing', 'file') : refuse('fileUnreadable', 'file', { reason: code ?? '' })
  }
  if (size === 0) return refuse('fileEmpty', 'file')
  if (head.equals(ZIP) || head.equals(EMPTY_ZIP)) return openZip(file)
  const bytes = createReadStream(file, { highWaterMark: 65_536 })
  return accept({ bytes, size, close: () => bytes.destroy() })
}

async function openZip(file: string): Promise<Result<Source>> {
  let zip: ZipFile | undefined
  try {
    zip = await openPromise(file, { lazyEntries: true, autoClose: false })
    const chosen = await onlyCsv(zip)
    if (!chosen.ok) {
      zip.close()
      return chosen
    }
    const bytes = await zip.openReadStreamPromise(chosen.value)
    const close = (): void => {
      bytes.destroy()
      zip?.close()
    }
    return accept({ bytes, size: chosen.value.uncompressedSize, close })
  } catch (error) {
    zip?.close()
    return refuse('fileDamaged', 'file', { reason: (error as Error).message })
  }
}

async function onlyCsv(zip: ZipFile): Promise<Result<Entry>> {
  const found: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    // What a Mac adds beside each file is none of its own.
    if (/\.csv$/i.test(entry.fileName) && !/(^|\/)(__MACOSX\/|\._)/.test(entry.fileName)) found.push(entry)
  }
  const [entry, another] = found
  if (!entry) return refuse('zipWithoutCsv', 'file')
  if (another) return refuse('zipSeveralCsv', 'file', { names: found.slice(0, 5).map((one) => one.fileName) })
  return entry.uncompressedSize === 0 ? refuse('fileEmpty', 'file') : accept(entry)
}
