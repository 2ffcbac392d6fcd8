import { parentPort, workerData } from 'node:worker_threads'
import type { Paper } from '#shared/contract/paper.ts'
import { renderPaper } from './render.ts'

/** Laying out a sheet costs a good part of a second: a thread of its own. */
parentPort?.postMessage(await renderPaper(workerData as Paper))
