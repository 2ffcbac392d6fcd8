import { resolve } from 'node:path'
import { createApp } from '../../app.ts'
import { importHistory } from '../../features/import/importHistory.ts'
import { loadMapping } from '../../features/import/mapping.ts'
import { openSource } from '../../features/import/source.ts'
import { needed, UsageError, type Arguments } from '../arguments.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

/** Nobody waits for this program meanwhile: fewer syncs serve the same rows. */
const ROWS_TOGETHER = 2000

/** Takes in another system's history. Ctrl+C stops between two batches; the next run goes on from there. */
export async function importFile({ word, values, data }: Arguments, output: Output): Promise<number> {
  const mapping = loadMapping(needed('mapping', values.mapping))
  if (!mapping.ok) throw new Refused(mapping.refusal)
  const asOf = instant(values['as-of'])
  const file = resolve(word)
  // A mistyped name must not leave an empty desk behind.
  const source = await openSource(file)
  if (!source.ok) throw new Refused(source.refusal)
  source.value.close()
  const app = createApp({ data, program: 'import' })
  try {
    const done = await interruptible((signal) =>
      importHistory(app, {
        file,
        mapping: mapping.value,
        batch: ROWS_TOGETHER,
        ...(asOf !== undefined && { asOf }),
        signal,
        progress: ({ bytes, totalBytes }) => output.progress(bytes, totalBytes),
      }),
    )
    if (!done.ok) throw new Refused(done.refusal)
    const summary = done.value
    output.result({ ok: true, ...summary }, () => {
      output.say(
        `读入 ${summary.rows} 行，${summary.orders} 张工单；新增 ${summary.events} 条记录，拒收 ${summary.rejected} 行`,
        `${summary.rows} rows of ${summary.orders} orders; ${summary.events} events added, ${summary.rejected} rows rejected`,
      )
      if (summary.rejectsFile)
        output.say(`拒收的行：${summary.rejectsFile}`, `Rejected rows: ${summary.rejectsFile}`)
    })
    return 0
  } finally {
    app.close()
  }
}

/** UTC ms of an ISO time; without a zone it is UTC. */
function instant(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/i.test(given) || !given.includes('T')
  const at = Date.parse(zoned ? given : `${given}Z`)
  if (Number.isNaN(at)) throw new UsageError('--as-of is an ISO time, such as 2016-04-01T00:00Z')
  return at
}
