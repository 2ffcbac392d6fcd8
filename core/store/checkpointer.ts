import { Worker } from 'node:worker_threads'
import type { CheckpointThread } from './checkpointThread.ts'
import type { WritableDb } from './sql.ts'

const EVERY_MS = 1_000
/** Pages of 4 KiB: where the thread cannot keep up, or has died, the writer does it itself. */
const WRITERS_OWN_LIMIT = 50_000
const PLAIN_LIMIT = 1_000
const STOP_WITHIN_MS = 5_000

/**
 * Moves the write-ahead log into the database beside the writer. Left to SQLite, the command that fills the log pays
 * for the checkpoint of many others. Returns what ends it; the folder must not be given back before.
 */
export function startCheckpointer(db: WritableDb): () => void {
  const flags = new Int32Array(new SharedArrayBuffer(8))
  const workerData: CheckpointThread = { file: db.raw.name, flags, everyMs: EVERY_MS }
  const thread = new Worker(new URL('./checkpointThread.ts', import.meta.url), { workerData })
  const gone = (): void => {
    Atomics.store(flags, 1, 1)
    if (db.raw.open) db.raw.pragma(`wal_autocheckpoint = ${PLAIN_LIMIT}`)
  }
  thread.once('error', gone)
  thread.once('exit', gone)
  // It never keeps a program alive that has nothing else to do.
  thread.unref()
  db.raw.pragma(`wal_autocheckpoint = ${WRITERS_OWN_LIMIT}`)
  return () => {
    Atomics.store(flags, 0, 1)
    Atomics.notify(flags, 0)
    Atomics.wait(flags, 1, 0, STOP_WITHIN_MS)
  }
}
