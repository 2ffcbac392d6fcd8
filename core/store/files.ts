import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a file's bytes (or a folder's entries) survive a power cut. */
export function syncPath(path: string): void {
  // Windows cannot open a folder, and keeps its entries itself.
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncPath(folder)
}

/** Old content or new content, never half: written beside, synced, renamed. */
export function writeFileSafely(path: string, content: string | Buffer, mode = 0o600): void {
  const beside = `${path}.new`
  const file = openSync(beside, 'w', mode)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  syncFolder(dirname(path))
}

/** The parsed content, or null when there is none or it is not JSON. */
export function readJson<Content>(path: string): Content | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Content
  } catch {
    return null
  }
}
