import { join } from 'node:path'
import { createApp } from '#core/app.ts'
import { copyFolder, inFolder, median, round, type BenchResult } from './support.ts'
import { DISPATCHER, registerOrders, type OpenOrder } from './orders.ts'
import { recordWrites, replayWrites, type Write } from './recorder.ts'

const ORDERS = 300
const ROUNDS = 5
const START = Date.UTC(2026, 5, 1, 1)

/** Every order forward and back again, one durable transaction each. Returns ms. */
function moveAll(folder: string, orders: readonly OpenOrder[], each?: () => void): number {
  let now = START
  const app = createApp({ data: folder, clock: () => (now += 1000) })
  const heads = new Map(orders.map(({ order, head }) => [order, head]))
  const begun = performance.now()
  for (const verb of ['advance', 'sendBack', 'advance', 'sendBack']) {
    for (const { order } of orders) {
      const result = app.pipeline.execute({
        id: `${verb}-${order}-${heads.get(order)}`,
        name: `workOrder.${verb}`,
        actor: DISPATCHER,
        input: { order, base: heads.get(order), ...(verb === 'sendBack' && { reason: '资料不全' }) },
      })
      if (!result.ok) throw new Error(`${verb} refused: ${JSON.stringify(result.refusal)}`)
      heads.set(order, result.value.heads[`workOrder:${order}`] as string)
      each?.()
    }
  }
  const elapsed = performance.now() - begun
  app.close()
  return elapsed
}

/** (a) Durable stage transitions per second through the whole command path ÷ the bare loop with the same rows. */
export async function transitions(): Promise<BenchResult> {
  return inFolder((folder) => {
    const ready = join(folder, 'ready')
    const app = createApp({ data: ready, clock: () => START })
    const orders = registerOrders(app, ORDERS, START, { replied: true })
    app.close()

    const recorder = recordWrites()
    const commands: Write[][] = []
    moveAll(copyFolder(ready, join(folder, 'recorded')), orders, () => {
      const writes = recorder.take()
      commands.push(commands.length === 0 ? afterOpening(writes) : writes)
    })
    recorder.stop()

    const path: number[] = []
    const bare: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      path.push(moveAll(copyFolder(ready, join(folder, `path-${round}`)), orders))
      const copy = copyFolder(ready, join(folder, `bare-${round}`))
      bare.push(replayWrites(join(copy, 'loopdesk.db'), commands))
    }
    const count = commands.length
    const ratios = path.map((ms, index) => (bare[index] as number) / ms)
    return {
      name: 'a. stage transitions',
      of: 'whole command path ÷ bare loop, commands per second',
      ratio: round(median(ratios)),
      bound: { least: 0.5 },
      seen: {
        commands: count,
        'path per second': Math.round((count * 1000) / median(path)),
        'bare per second': Math.round((count * 1000) / median(bare)),
        'added µs per command': Math.round(((median(path) - median(bare)) * 1000) / count),
        'rows per command': round(commands.flat().length / count, 1),
      },
    }
  })
}

/** The first command's own writes: from its first event on, after whatever opening the folder wrote. */
function afterOpening(writes: readonly Write[]): Write[] {
  const last = writes.findLastIndex(([sql]) => sql.startsWith('INSERT INTO event '))
  return writes.slice(last)
}
