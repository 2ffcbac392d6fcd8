import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, removeFolders } from '../support/folders.ts'
import { MONDAY } from '../support/logDesk.ts'

const script = fileURLToPath(new URL('load.ts', import.meta.url))
const COMMANDS = 6

afterAll(removeFolders)

/** Why system calls cannot be traced here; undefined when they can. */
function noTrace(): string | undefined {
  const { error, status } = spawnSync('strace', ['-f', 'true'])
  if (error) return 'strace is not installed'
  return status === 0 ? undefined : 'this machine refuses ptrace'
}

/**
 * The calls of the thread that answers, whole: what strace tells in two lines because another thread (checkpoints)
 * came between, stands as one where it ended.
 */
function callsOfWriter(trace: string): string[] {
  const lines = trace.split('\n').map((line) => /^(\d+) +(.*)$/.exec(line)).filter((match) => match !== null)
  const writer = lines.find(([, , call]) => /^write\(1[<,].*"try /.test(call ?? ''))?.[1]
  const calls: string[] = []
  let begun = ''
  for (const [, thread, call = ''] of lines) {
    if (thread !== writer) continue
    const [, before] = /^(.*?) *<unfinished \.\.\.>$/.exec(call) ?? []
    const [, after] = /^<\.\.\. \w+ resumed>(.*)$/.exec(call) ?? []
    if (before !== undefined) begun = before
    else calls.push(after === undefined ? call : begun + after)
  }
  return calls
}

/** kill -9 proves nothing about the disk: the system calls do. */
describe('the disk has the log before the answer leaves', () => {
  it('syncs the write-ahead log between a command and its answer', (context) => {
    const reason = noTrace()
    if (reason !== undefined) return context.skip(reason)
    const trace = join(newFolder(), 'trace')
    const calls = 'trace=write,pwrite64,fsync,fdatasync'
    const args = ['-f', '-y', '-s', '64', '-e', calls, '-o', trace, process.execPath, script, newFolder()]
    execFileSync('strace', [...args, '0', String(MONDAY), '[]', String(COMMANDS)], { stdio: 'pipe' })

    let isWritten = false
    let isSynced = false
    let answers = 0
    for (const call of callsOfWriter(readFileSync(trace, 'utf8'))) {
      if (/^write\(1[<,].*"try /.test(call)) isWritten = isSynced = false
      else if (/^pwrite64\(\d+<[^>]*loopdesk\.db-wal>/.test(call)) {
        isWritten = true
        isSynced = false
      } else if (/^f(data)?sync\(\d+<[^>]*loopdesk\.db-wal>.*\) += 0/.test(call)) isSynced = isWritten
      else if (/^write\(1[<,].*"ok /.test(call)) {
        answers += 1
        expect({ answer: call.slice(-40), isWritten, isSynced }).toMatchObject({ isWritten: true, isSynced: true })
      }
    }
    expect(answers).toBe(COMMANDS)
  })
})
