import { parentPort, workerData } from 'node:worker_threads'
import { writeBackup } from './backup.ts'
import { DataFolderError } from './errors.ts'
import { openReadOnly } from './open.ts'
import { verifyLog } from './verify.ts'
import type { Job, Report } from './work.ts'

/** The thread of heavy reads: a connection of its own that cannot write, so that the writer never waits. */
async function perform(job: Job): Promise<unknown> {
  const progress = (done: number, total: number): void => say({ kind: 'progress', done, total })
  switch (job.kind) {
    case 'backup':
      return writeBackup(job.folder, job.out, job.at, progress)
    case 'verify': {
      const db = openReadOnly(job.folder)
      try {
        return verifyLog(db, job.folder, { anchors: job.anchors, progress })
      } finally {
        db.raw.close()
      }
    }
    case 'check': {
      const db = openReadOnly(job.folder)
      try {
        return db.raw.pragma('quick_check(1)', { simple: true })
      } finally {
        db.raw.close()
      }
    }
  }
}

const say = (report: Report): void => parentPort?.postMessage(report)

try {
  say({ kind: 'done', value: await perform(workerData as Job) })
} catch (error) {
  if (!(error instanceof DataFolderError)) throw error
  say({ kind: 'refused', code: error.code, params: error.params })
}
