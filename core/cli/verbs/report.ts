import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { needed, UsageError, type Arguments } from '../arguments.ts'
import { reachCenter } from '../center.ts'
import { Refused, type Output } from '../output.ts'

/** Makes the daily upgrade-warning report and writes it as a PDF; with --number, one that was made before. */
export async function report({ values, data }: Arguments, output: Output): Promise<number> {
  const file = resolve(needed('out', values.out))
  if (!file.endsWith('.pdf')) throw new UsageError('--out is a file that ends in .pdf')
  const center = reachCenter(data, 'report')
  try {
    const number = values.number ?? (await center.command('report.make', {})).number
    const answer = await center.query('report.file', { number, language: output.locale })
    if (!answer.file) throw new Refused({ code: 'unknownReport', field: 'number', params: { number } })
    const part = `${file}.part`
    try {
      writeFileSync(part, Buffer.from(answer.file.bytes, 'base64'), { mode: 0o600 })
      renameSync(part, file)
    } finally {
      rmSync(part, { force: true })
    }
    output.result({ ok: true, file, number }, () => output.say(`日报 ${number} 已写入：${file}`, `report ${number} written: ${file}`))
    return 0
  } finally {
    center.close()
  }
}
