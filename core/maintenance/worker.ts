import { parentPort, workerData } from 'node:worker_threads'
import { writeBackup } from '../store/backup.ts'
import { DataFolderError } from '../store/errors.ts'
import { doctorFolder } from './doctor.ts'
import { verifyFolder } from './folder.ts'
import type { Job, Report } from './work.ts'

/** The thread of heavy reads: a connection of its own that cannot write, so that the writer never waits. */
async function perform(job: Job): Promise<unknown> {
  const progress = (done: number, total: number): void => say({ kind: 'progress', done, total })
  switch (job.kind) {
    case 'backup':
      return writeBackup(job.folder, job.out, job.at, progress)
    case 'verify':
      return verifyFolder(job.folder, { anchors: job.anchors, progress })
    case 'doctor':
      return doctorFolder(job.folder, { clock: () => job.now })
  }
}

const say = (report: Report): void => parentPort?.postMessage(report)

try {
  say({ kind: 'done', value: await perform(workerData as Job) })
} catch (error) {
  if (!(error instanceof DataFolderError)) throw error
  say({ kind: 'refused', code: error.code, params: error.params })
}
