import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync, type ReadStream } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { syncFolder } from './files.ts'

export interface Blob {
  /** SHA-256 of the content, 64 hex digits: its name everywhere. */
  readonly hash: string
  /** Bytes. */
  readonly size: number
}

const HASH = /^[0-9a-f]{64}$/

export const blobFolderOf = (folder: string): string => join(folder, 'blobs')

/** Files by the hash of their content, beside the database: `blobs/ab/cdef…`. Never changed, stored once. */
export class BlobStore {
  readonly #folder: string

  /** @param folder the data folder */
  constructor(folder: string) {
    this.#folder = blobFolderOf(folder)
    mkdirSync(join(this.#folder, 'incoming'), { recursive: true, mode: 0o700 })
    // Whatever was on its way when the program was killed has no hash and no reader.
    for (const name of readdirSync(join(this.#folder, 'incoming'))) rmSync(join(this.#folder, 'incoming', name))
  }

  /**
   * Stores a stream; the disk has file and folder entry when the hash is returned. More than `limit` bytes are refused
   * as `blobTooLarge` and nothing is kept. An exception of the stream or the disk keeps nothing either.
   */
  async put(content: AsyncIterable<Uint8Array>, limit: number): Promise<Result<Blob>> {
    const incoming = join(this.#folder, 'incoming', randomUUID())
    const file = await open(incoming, 'wx', 0o600)
    try {
      const digest = createHash('sha256')
      let size = 0
      for await (const chunk of content) {
        size += chunk.length
        if (size > limit) return refuse('blobTooLarge', undefined, { limit })
        digest.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
      const hash = digest.digest('hex')
      await this.#keep(incoming, hash)
      return accept({ hash, size })
    } finally {
      await file.close()
      rmSync(incoming, { force: true })
    }
  }

  async #keep(incoming: string, hash: string): Promise<void> {
    const path = this.pathOf(hash)
    if (existsSync(path)) return
    const shelf = join(this.#folder, hash.slice(0, 2))
    if (!existsSync(shelf)) {
      mkdirSync(shelf, { recursive: true, mode: 0o700 })
      syncFolder(this.#folder)
    }
    await rename(incoming, path)
    syncFolder(shelf)
  }

  /** Throws on what is no hash: a path must never be made of what somebody sent. */
  pathOf(hash: string): string {
    if (!HASH.test(hash)) throw new Error('not a content hash')
    return join(this.#folder, hash.slice(0, 2), hash.slice(2))
  }

  has(hash: string): boolean {
    return HASH.test(hash) && existsSync(this.pathOf(hash))
  }

  /** For the law of personal data alone; one that is not here is gone already. */
  remove(hash: string): void {
    const path = this.pathOf(hash)
    if (!existsSync(path)) return
    rmSync(path)
    syncFolder(dirname(path))
  }

  /** Bytes, or null when it is not here. */
  sizeOf(hash: string): number | null {
    return this.has(hash) ? statSync(this.pathOf(hash)).size : null
  }

  /** @param range first and last byte, both included */
  read(hash: string, range?: { start: number; end: number }): ReadStream {
    return createReadStream(this.pathOf(hash), range)
  }
}

/** Every stored hash, in order. */
export function* listBlobs(folder: string): Generator<string> {
  const root = blobFolderOf(folder)
  if (!existsSync(root)) return
  for (const shelf of readdirSync(root).sort()) {
    if (shelf.length !== 2) continue
    for (const rest of readdirSync(join(root, shelf)).sort()) if (HASH.test(shelf + rest)) yield shelf + rest
  }
}
