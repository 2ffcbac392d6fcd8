import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { resolve } from 'node:path'
import type { TableImport } from '#shared/contract/tableImport.ts'
import { TABLE_KINDS, type TableIssue } from '#shared/domain/tableImport/kinds.ts'
import { issueText } from '#shared/i18n/tableIssues.ts'
import { needed, UsageError, type Arguments } from '../arguments.ts'
import { ownCenter, type Center } from '../center.ts'
import { interruptible } from '../interrupt.ts'
import { Refused, type Output } from '../output.ts'

const LOOK_EVERY_MS = 150
/** More are counted and not printed. */
const MOST_PRINTED = 100

/** Customers, machines, parts, people or open orders from a CSV or XLSX; `--dry-run` writes nothing. */
export async function importTable({ word, values, data }: Arguments, output: Output): Promise<number> {
  const kind = TABLE_KINDS.find((each) => each === needed('kind', values.kind))
  if (!kind) throw new UsageError(`--kind is one of ${TABLE_KINDS.join(', ')}`)
  // A mistyped name must not leave an empty desk behind.
  if (!existsSync(resolve(word))) throw new Refused({ code: 'fileMissing', field: 'file' })
  const dryRun = values['dry-run'] ?? false
  const center = ownCenter(data, 'import-table')
  try {
    return await interruptible(async (signal) => {
      const { id } = await center.command('tableImport.beginFile', { kind, path: resolve(word) })
      const follow = (until: readonly TableImport['state'][]): Promise<TableImport> => settled(center, id, until, output, signal)
      try {
        let found = await follow(['matching'])
        const options = { unknown: values['unknown'] === 'error' ? ('error' as const) : ('provisional' as const) }
        await center.command('tableImport.check', { id, columns: found.columns, options })
        found = await follow(['checked'])
        if (!dryRun) {
          await center.command('tableImport.apply', { id })
          found = await follow(['done'])
        }
        const { issues, more } = await center.query('tableImport.issues', { id, limit: MOST_PRINTED })
        tell(found, issues, more, dryRun, output)
        return found.counts.error > 0 ? 1 : 0
      } finally {
        // What is left of it is of use to nobody: the file is where it was.
        await center.command('tableImport.drop', { id })
      }
    })
  } finally {
    center.close()
  }
}

/** Throws what it failed with. Ctrl+C stops between two rows; the next run goes on from there. */
async function settled(center: Center, id: string, until: readonly TableImport['state'][], output: Output, signal: AbortSignal): Promise<TableImport> {
  for (;;) {
    const found = (await center.query('tableImport.get', { id })).import
    if (!found) throw new Refused({ code: 'unknownImport' })
    if (until.includes(found.state)) return found
    if (found.state === 'failed' || found.state === 'stopped') throw new Refused(found.refusal ?? { code: 'importStopped' })
    output.progress(found.done, found.total)
    if (signal.aborted) {
      await center.command('tableImport.cancel', { id })
      throw new Refused({ code: 'importStopped' })
    }
    await pause(LOOK_EVERY_MS)
  }
}

function tell(found: TableImport, issues: readonly TableIssue[], more: boolean, dryRun: boolean, output: Output): void {
  const { counts, kind, total } = found
  output.result({ ok: true, kind, dryRun, rows: total, ...counts, issues }, () => {
    const { create, update, skip, error, warning } = counts
    if (dryRun) {
      output.say(
        `试运行，没有写入：${total} 行，将新建 ${create}，更新 ${update}，跳过 ${skip}，有错 ${error}，有提醒 ${warning}`,
        `Dry run, nothing was written: ${total} rows, ${create} to create, ${update} to update, ${skip} to pass over, ${error} wrong, ${warning} to look at`,
      )
    } else {
      output.say(
        `已导入：${total} 行，新建 ${create}，更新 ${update}，跳过 ${skip}，有错 ${error}，有提醒 ${warning}`,
        `Done: ${total} rows, ${create} created, ${update} updated, ${skip} passed over, ${error} wrong, ${warning} to look at`,
      )
    }
    for (const issue of issues) output.line(`${issue.level === 'error' ? '✗' : '!'} ${issueText(kind, issue, output.locale)}`)
    if (more) output.say('…还有更多', '… and more')
  })
}
