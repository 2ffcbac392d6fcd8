import { workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

export interface CheckpointThread {
  readonly file: string
  /** [0]: 1 asks the thread to end. [1]: 1 once its connection is closed. */
  readonly flags: Int32Array
  readonly everyMs: number
}

const { file, flags, everyMs } = workerData as CheckpointThread
const db = new Database(file, { timeout: 0 })
// A PASSIVE checkpoint waits for nobody and stops nobody; it syncs the database before the log may start over.
db.pragma('synchronous = FULL')
try {
  while (Atomics.load(flags, 0) === 0) {
    try {
      db.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // Busy or full: the writer's own checkpoint, at its larger limit, says so in words.
    }
    Atomics.wait(flags, 0, 0, everyMs)
  }
} finally {
  db.close()
  Atomics.store(flags, 1, 1)
  Atomics.notify(flags, 1)
}
