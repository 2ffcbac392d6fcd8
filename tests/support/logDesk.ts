import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { createApp, type App } from '#core/app.ts'
import { handler, Pipeline } from '#core/kernel/pipeline.ts'
import { readWire, type WireEvent } from '#core/store/eventLog.ts'
import { all } from '#core/store/sql.ts'
import { defineCommand } from '#shared/contract/define.ts'
import type { Actor, EventDraft } from '#shared/domain/kernel/event.ts'

/** 2026-03-02 09:00 in Shanghai, a Monday. */
export const MONDAY = Date.UTC(2026, 2, 2, 1)

const append = handler(
  defineCommand({
    name: 'test.append',
    summary: 'Appends the drafts that it is given.',
    input: z.object({ drafts: z.array(z.custom<EventDraft>()) }),
    output: z.object({}),
    permission: { action: 'manage', subject: 'Desk' },
    audience: [],
  }),
  ({ drafts }) => ({ ok: true, value: { events: drafts, answer: {} } }),
)

/** A service center for tests of log, folds and rows, on a data folder of its own, with a clock that the test moves. */
export interface LogDesk {
  readonly app: App
  /** What queries are asked of. */
  readonly asked: Pick<App, 'db' | 'queries'> & { readonly now: number }
  now: number
  /** Appends drafts as one command, past every decision: for tests of folds, rows and the exchange. */
  append(drafts: readonly EventDraft[], options?: { id?: string; actor?: Actor; at?: number }): void
  /** Everything that this desk holds of an origin after a place, as it travels. */
  wires(origin: string, after?: number): WireEvent[]
  origins(): string[]
  /** Whether a command of this id was answered here. */
  has(command: string): boolean
  close(): void
}

const WANG: Actor = { kind: 'user', id: 'wang' }
let commands = 0

export function openLogDesk(now = MONDAY, data = mkdtempSync(join(tmpdir(), 'loopdesk-test-'))): LogDesk {
  // Opening a folder writes its desk's first event, before there is a LogDesk to ask.
  const time = { now }
  const app = createApp({ data, clock: () => time.now })
  // A test counts on what a rolled-back power cut would undo less than on time.
  app.db.raw.pragma('synchronous = OFF')
  const { db, log, subjects, blobs } = app
  const pipeline = new Pipeline({
    db,
    log,
    subjects,
    clock: () => time.now,
    commands: new Map([['test.append', append]]),
    reactors: [],
    blobs,
  })
  const desk: LogDesk = {
    app,
    get asked() {
      return { db, queries: app.queries, now: time.now }
    },
    get now() {
      return time.now
    },
    set now(value) {
      time.now = value
    },
    append(drafts, { id = `test-${++commands}`, actor = WANG, at } = {}) {
      const result = pipeline.execute({
        id,
        name: 'test.append',
        input: { drafts },
        actor,
        ...(at !== undefined && { at }),
      })
      // Heard of from another desk: done.
      if (!result.ok && result.refusal.code !== 'alreadyDone') throw new Error(result.refusal.code)
    },
    wires: (origin, after = 0) => readWire(db, origin, after, 1_000_000),
    origins: () =>
      all<{ origin: string }>(db, 'SELECT origin FROM chain_head ORDER BY origin').map((row) => row.origin),
    has: (command) => all(db, 'SELECT 1 FROM command_answer WHERE id = ?', command).length > 0,
    close() {
      app.close()
      rmSync(data, { recursive: true })
    },
  }
  return desk
}
