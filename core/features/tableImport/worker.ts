import { parentPort, workerData } from 'node:worker_threads'
import { readTable, type ReadJob } from './readTable.ts'

/** Reading a table costs seconds of computing: a thread of its own, with a bound on its memory. */
parentPort?.postMessage(await readTable(workerData as ReadJob))
