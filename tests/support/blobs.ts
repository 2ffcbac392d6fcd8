import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Blob, BlobStore } from '#core/store/blobs.ts'

/** Stores a file at once, where a test cannot wait. */
export function storeBlob(blobs: BlobStore, content: string): Blob {
  const hash = createHash('sha256').update(content).digest('hex')
  const path = blobs.pathOf(hash)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return { hash, size: Buffer.byteLength(content) }
}
