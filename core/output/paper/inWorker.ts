import { Worker } from 'node:worker_threads'
import type { Paper } from '#shared/contract/paper.ts'

/** The PDF of a sheet, laid out beside the event loop. Rejects with whatever broke it. */
export function printInWorker(paper: Paper): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: paper })
    worker.on('message', (bytes: Uint8Array) => {
      resolve(Buffer.from(bytes))
      void worker.terminate()
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the printing thread ended')))
  })
}
