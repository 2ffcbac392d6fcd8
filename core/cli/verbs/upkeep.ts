import { resolve } from 'node:path'
import { backupFolder, rebuildFolder, restoreFolder, verifyFolder } from '../../maintenance/folder.ts'
import { doctorFolder } from '../../maintenance/doctor.ts'
import { needed, type Arguments } from '../arguments.ts'
import { needData, runningCenter } from '../center.ts'
import type { Output } from '../output.ts'

/** Exit code 1 when anything is wrong with the log. */
export async function verify({ values, data }: Arguments, output: Output): Promise<number> {
  const anchors = values.anchor === undefined ? [] : [resolve(values.anchor)]
  const result =
    (await runningCenter(data)?.command('system.verify', { anchors })) ??
    verifyFolder(data, { anchors, progress: output.progress })
  output.result(result, () => {
    const { events, chains, firstBad } = result
    if (firstBad) {
      const { origin, seq, reason } = firstBad
      output.say(
        `记录有问题：${origin} 第 ${seq} 条（${reason}）。数据未改动，请保留这个文件夹，并从备份恢复到新文件夹。`,
        `The log is not sound: ${origin}, event ${seq} (${reason}). Nothing was changed; keep this folder and restore a backup into a new one.`,
      )
    } else
      output.say(
        `${events} 条记录，${chains} 条链，全部完好`,
        `${events} events in ${chains} chains, all sound`,
      )
    for (const { origin, seq, outside, signed } of result.protectedUpTo) {
      output.say(
        `${origin}：共 ${seq} 条，外部锚点保护到第 ${outside} 条，签名到第 ${signed} 条`,
        `${origin}: ${seq} events, protected by outside anchors up to ${outside}, signed up to ${signed}`,
      )
    }
    for (const note of result.notes) output.line(note)
  })
  return result.ok ? 0 : 1
}

export async function rebuild({ data }: Arguments, output: Output): Promise<number> {
  const { events } =
    (await runningCenter(data)?.command('system.rebuild', {})) ??
    rebuildFolder(data, { progress: output.progress })
  output.result({ ok: true, events }, () =>
    output.say(`已用 ${events} 条记录重建全部数据表`, `All tables were rebuilt from ${events} events`),
  )
  return 0
}

export async function backup({ values, data }: Arguments, output: Output): Promise<number> {
  const out = resolve(needed('out', values.out))
  needData(data)
  const result =
    (await runningCenter(data)?.command('system.backup', { out })) ??
    (await backupFolder(data, out, { progress: output.progress }))
  output.result({ ok: true, ...result }, () =>
    output.say(
      `已备份 ${result.events} 条记录到 ${result.file}`,
      `${result.events} events are in ${result.file}`,
    ),
  )
  return 0
}

/** Always a new desk: the old one may still be running somewhere. */
export async function restore({ word, values, data }: Arguments, output: Output): Promise<number> {
  const aside = values.aside ?? false
  const result = await restoreFolder(resolve(word), data, { aside, progress: output.progress })
  output.result({ ok: true, ...result }, () => {
    output.say(
      `已恢复 ${result.events} 条记录到 ${result.folder}`,
      `${result.events} events were restored into ${result.folder}`,
    )
    if (result.aside) output.say(`原来的文件夹在 ${result.aside}`, `The old folder is now ${result.aside}`)
  })
  return 0
}

/** Exit code 1 when a finding is bad. */
export async function doctor({ data }: Arguments, output: Output): Promise<number> {
  const result = (await runningCenter(data)?.command('system.doctor', {})) ?? doctorFolder(data)
  output.result(result, () => {
    for (const { level, message } of result.findings) {
      output.line(`${{ ok: '✓', warning: '!', bad: '✗' }[level]} ${message[output.locale]}`)
    }
  })
  return result.ok ? 0 : 1
}
