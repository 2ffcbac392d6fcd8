import { Worker } from 'node:worker_threads'
import type { BackupResult } from '../store/backup.ts'
import { DataFolderError, type FolderCode } from '../store/errors.ts'
import type { VerifyResult } from '../store/verify.ts'
import type { DoctorResult } from './doctor.ts'

/** What a worker thread does for a data folder that this process has open. */
export type Job =
  | { readonly kind: 'verify'; readonly folder: string; readonly anchors: readonly string[] }
  | { readonly kind: 'backup'; readonly folder: string; readonly out: string; readonly at: number }
  | { readonly kind: 'doctor'; readonly folder: string; readonly now: number }

export type Report =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly code: FolderCode; readonly params: Readonly<Record<string, string | number>> }

interface Results {
  verify: VerifyResult
  backup: BackupResult
  doctor: DoctorResult
}

/** Runs a job beside the event loop. Rejects with the worker's DataFolderError, or with whatever broke it. */
export function inWorker<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  progress?: (done: number, total: number) => void,
): Promise<Results[Kind]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: job })
    worker.on('message', (report: Report) => {
      if (report.kind === 'progress') progress?.(report.done, report.total)
      else if (report.kind === 'done') resolve(report.value as Results[Kind])
      else reject(new DataFolderError(report.code, report.params))
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the ${job.kind} worker ended with ${code}`)))
  })
}
