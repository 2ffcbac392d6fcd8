// A service center under load, made to be killed: says `try ID` before a command and `ok ID` after it returned.
import { writeSync } from 'node:fs'
import { setImmediate as breathe } from 'node:timers/promises'
import { createApp } from '#core/app.ts'
import { all } from '#core/store/sql.ts'
import type { CommandRequest } from '#core/kernel/pipeline.ts'

/** How much faster than ours the time of the service center runs: timers of a quarter of an hour fire under way. */
const SPEED = 3000

const [folder = '', round = '0', begin = '0', again = '[]', limit = '1000000'] = process.argv.slice(2)
const started = Date.now()
const clock = (): number => Number(begin) + (Date.now() - started) * SPEED
const app = createApp({ data: folder, clock, program: 'crash test' })
app.start()
const actor = { kind: 'user', id: 'zhou' } as const

/** The same id always makes the same command. */
function register(id: string): CommandRequest {
  return {
    id,
    name: 'workOrder.register',
    input: {
      customer: { name: `客户 ${id}` },
      equipment: { model: 'BR-VS200', serial: `S-${id}` },
      channel: 'phone',
      fields: { contactName: '王工', contactPhone: '021-5555 0117', faultSymptom: '出口温度波动' },
    },
    actor,
  }
}

function execute(request: CommandRequest): void {
  writeSync(1, `try ${request.id}\n`)
  const result = app.pipeline.execute(request)
  if (!result.ok) throw new Error(`${request.name}: ${JSON.stringify(result.refusal)}`)
  writeSync(1, `ok ${request.id}\n`)
}

writeSync(1, 'ready\n')
for (const id of JSON.parse(again) as string[]) execute(register(id))
const orders = all<{ id: string }>(app.db, 'SELECT id FROM work_order').map((row) => row.id)
for (let n = 0; n < Number(limit); n++) {
  const order = orders[n % Math.max(orders.length, 1)]
  if (n % 3 === 0 || order === undefined) execute(register(`reg-${round}-${n}`))
  else execute({ id: `note-${round}-${n}`, name: 'workOrder.addNote', input: { order, text: `第 ${n} 条备注` }, actor })
  app.tick()
  await breathe()
}
app.close()
