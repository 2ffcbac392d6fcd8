import { Worker } from 'node:worker_threads'
import { refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import type { ReadJob, TableHead } from './readTable.ts'

/** What a hostile file may cost before its thread is ended; the service center itself goes on. */
const MOST_HEAP_MB = 768
const PATIENCE_MS = 120_000

/** Reads a table beside the event loop. Refuses like `readTable`, and `tableTooLarge` where it wants too much. */
export function readInWorker(job: ReadJob, signal?: AbortSignal): Promise<Result<TableHead>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: job,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    })
    const patience = setTimeout(() => end(refuse('tableTooLarge', 'file', { limit: 50 })), PATIENCE_MS)
    const stop = (): void => end(refuse('importStopped'))
    const end = (result: Result<TableHead>): void => {
      clearTimeout(patience)
      signal?.removeEventListener('abort', stop)
      resolve(result)
      void worker.terminate()
    }
    signal?.addEventListener('abort', stop)
    worker.on('message', (result: Result<TableHead>) => end(result))
    worker.on('error', (error) => {
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      end(isMemory ? refuse('tableTooLarge', 'file', { limit: 50 }) : refuse('tableDamaged', 'file', { reason: error.message.slice(0, 200) }))
    })
    worker.on('exit', () => end(refuse('tableDamaged', 'file', { reason: 'ended' })))
  })
}
