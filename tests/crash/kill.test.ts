import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp, type App } from '#core/app.ts'
import { verifyFolder } from '#core/maintenance/folder.ts'
import { all } from '#core/store/sql.ts'
import { newFolder, removeFolders } from '../support/folders.ts'
import { MONDAY } from '../support/logDesk.ts'
import { dumpProjections, rebuilt } from '../support/projections.ts'
import { isLongRun, seed } from '../support/random.ts'

const KILLS = isLongRun ? 200 : 15
const HOUR = 3_600_000
const script = fileURLToPath(new URL('load.ts', import.meta.url))

afterAll(removeFolders)

/** Mulberry32: the moments of the kills repeat with the seed, as far as the machine does. */
function chance(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Round {
  readonly tried: readonly string[]
  readonly acknowledged: readonly string[]
}

/** Runs the load until it is killed, `delay` ms after so many answers, or after the start where that is undefined. */
async function killedRound(folder: string, args: readonly string[], delay: number, answers: number | undefined): Promise<Round> {
  const child = spawn(process.execPath, [script, folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaints = ''
  const answered = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.split('\nok ').length > (answers ?? 0)) resolve()
    })
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk))
  const ended = once(child, 'close') as Promise<[number | null, string | null]>
  if (answers !== undefined) await Promise.race([answered, ended])
  await Promise.race([wait(delay), ended])
  child.kill('SIGKILL')
  const [code, signal] = await ended
  if (signal !== 'SIGKILL') throw new Error(`the load ended by itself with ${code}: ${complaints}`)
  // A line without its end was still being written.
  const lines = output.split('\n').slice(0, -1)
  const after = (word: string): string[] => lines.filter((line) => line.startsWith(word)).map((line) => line.slice(word.length))
  return { tried: after('try '), acknowledged: after('ok ') }
}

describe('kill -9 at random moments under load', () => {
  it(`${KILLS} times: what was acknowledged is there, nothing twice, log and rows whole, each timer fired once`, { timeout: KILLS * 10_000 }, async () => {
    const folder = newFolder()
    const random = chance(seed)
    const tried = new Set<string>()
    const acknowledged = new Set<string>()
    let again: string[] = []
    for (let round = 0; round < KILLS; round++) {
      // A slow machine is killed in the middle of its work as well, not before it begins.
      const answers = random() < 0.2 ? undefined : Math.floor(random() * 12)
      const delay = random() * (answers === undefined ? 900 : 60)
      const begin = MONDAY + round * HOUR
      const result = await killedRound(folder, [String(round), String(begin), JSON.stringify(again)], delay, answers)
      for (const id of result.tried) tried.add(id)
      for (const id of result.acknowledged) acknowledged.add(id)
      // Whoever got no answer asks again, and so does one who did get it.
      again = [...result.tried, ...again].filter((id) => id.startsWith('reg-')).slice(-3)
    }
    expect(acknowledged.size).toBeGreaterThan(KILLS)

    const app = createApp({ data: folder, clock: () => MONDAY + (KILLS + 48) * HOUR })
    await app.maintenance.whenRebuilt()
    app.start()
    await app.idle()
    const made = madeBy(app)
    expect([...acknowledged].filter((id) => made.get(id) !== 1)).toEqual([])
    expect([...made].filter(([id, count]) => count !== 1 || !tried.has(id))).toEqual([])
    expectEachTimerOnce(app)
    const rows = dumpProjections(app)
    expect(rebuilt(app)).toEqual(rows)
    app.close()
    expect(verifyFolder(folder)).toMatchObject({ ok: true, firstBad: null })
    rmSync(folder, { recursive: true })
  })
})

/** How many orders or notes each command of the load made. */
function madeBy(app: App): Map<string, number> {
  const rows = all<{ id: string; count: number }>(
    app.db,
    `SELECT text ->> '$.cause' AS id, count(*) AS count FROM event
     WHERE type IN ('orderRegistered', 'noteAdded') AND text ->> '$.actor.kind' = 'user' GROUP BY 1`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** No escalation is missing: nothing due is left armed; none is double: each level of a visit is one event. */
function expectEachTimerOnce(app: App): void {
  expect(all(app.db, 'SELECT * FROM stage_timer WHERE settled IS NULL AND due_at <= ?', app.clock())).toEqual([])
  const firings = all<{ count: number }>(
    app.db,
    `SELECT count(*) AS count FROM event WHERE type = 'timerFired'
     GROUP BY subject, text ->> '$.data.visit', text ->> '$.data.timer', text ->> '$.data.level'`,
  )
  expect(firings.length).toBeGreaterThan(0)
  expect(firings.filter(({ count }) => count !== 1)).toEqual([])
}
