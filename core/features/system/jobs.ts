import type Database from 'better-sqlite3'
import type { DeskStatus, UpkeepJob } from '#shared/contract/system.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { refusalMessage } from '#shared/i18n/refusalMessage.ts'
import { upkeepWords } from '#shared/i18n/upkeep.ts'
import type { Upkeep } from '../../kernel/feature.ts'

export type JobName = keyof DeskStatus['jobs']
type Findings = UpkeepJob['findings']

/** What was begun since the program started, by data folder: it takes longer than a call may. */
const jobs = new WeakMap<Database.Database, Map<JobName, UpkeepJob>>()

export function jobsOf(raw: Database.Database): DeskStatus['jobs'] {
  const held = jobs.get(raw)
  return { backup: held?.get('backup') ?? null, verify: held?.get('verify') ?? null, doctor: held?.get('doctor') ?? null }
}

/** Begins, unless it is under way already. @param clock UTC ms */
export function startJob(raw: Database.Database, name: JobName, upkeep: Upkeep, clock: () => number): void {
  const held = jobs.get(raw) ?? new Map<JobName, UpkeepJob>()
  jobs.set(raw, held)
  if (held.get(name)?.state === 'running') return
  const startedAt = clock()
  const end = (state: 'done' | 'failed', findings: Findings): void => {
    held.set(name, { state, startedAt, endedAt: clock(), findings })
  }
  held.set(name, { state: 'running', startedAt, endedAt: null, findings: [] })
  WORK[name](upkeep).then(
    (findings) => end('done', findings),
    (error: unknown) => end('failed', [{ level: 'bad', message: wordsOf(error) }]),
  )
}

const WORK: Record<JobName, (upkeep: Upkeep) => Promise<Findings>> = {
  async backup(upkeep) {
    const { file, events, blobs } = await upkeep.backUpNow()
    return [say('ok', 'backedUp', { file, events, blobs })]
  },
  async verify(upkeep) {
    const { ok, events, chains, bad } = await upkeep.verify([])
    if (ok) return [say('ok', 'verified', { events, chains })]
    return bad.map(({ origin, seq, reason }) => say('bad', seq === 0 ? 'badLog' : 'firstBad', { origin, seq, reason }))
  },
  async doctor(upkeep) {
    const { findings } = await upkeep.doctor()
    return findings.map(({ level, message }) => ({ level, message }))
  },
}

function say(level: Findings[number]['level'], code: keyof typeof upkeepWords, params: Record<string, string | number>): Findings[number] {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
  const words = upkeepWords[code]
  return { level, message: { 'zh-CN': fill(words['zh-CN']), en: fill(words.en) } }
}

/** Folder trouble says what to do; anything else is a bug, of which the log of the program tells more. */
function wordsOf(error: unknown): Findings[number]['message'] {
  const refusal: Refusal =
    error instanceof Error && 'refusal' in error ? (error.refusal as Refusal) : { code: 'upkeepFailed', params: { reason: String(error) } }
  return { 'zh-CN': refusalMessage(refusal, 'zh-CN'), en: refusalMessage(refusal, 'en') }
}
