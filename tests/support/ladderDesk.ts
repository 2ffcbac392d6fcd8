import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { customer } from '#core/features/customer/index.ts'
import { escalation } from '#core/features/escalation/index.ts'
import { notification } from '#core/features/notification/index.ts'
import { userProjection } from '#core/features/user/projection.ts'
import { workOrderProjection } from '#core/features/workOrder/projection.ts'
import type { Feature, QueryContext } from '#core/kernel/feature.ts'
import { handler } from '#core/kernel/pipeline.ts'
import { openSpine, type Spine } from '#core/kernel/spine.ts'
import { Scheduler, type SchedulerWarning } from '#core/scheduler/scheduler.ts'
import { readSubject } from '#core/store/eventLog.ts'
import { defineCommand } from '#shared/contract/define.ts'
import type { Actor, EventDraft, StoredEvent } from '#shared/domain/kernel/event.ts'
import { accept } from '#shared/domain/kernel/refusal.ts'
import { slaPolicySchema, type SlaPolicy } from '#shared/domain/sla/policy.ts'
import type { Calendar } from '#shared/domain/sla/types.ts'
import type { Role, UserEvents } from '#shared/domain/user/fold.ts'
import type { StageId } from '#shared/domain/workOrder/stages.ts'
import { armTimersFor, timerUpdates, type SlaContext } from '#shared/domain/workOrder/timers.ts'
import { resource } from '../domain/sla/support.ts'
import { orderEvent } from './orders.ts'

export const shippedPolicy: SlaPolicy = slaPolicySchema.parse(resource('policies/default-sla.json'))

const append = handler(
  defineCommand({
    name: 'test.append',
    summary: 'Appends the drafts that it is given.',
    input: z.object({ drafts: z.array(z.custom<EventDraft>()) }),
    output: z.object({}),
    permission: { action: 'manage', subject: 'Desk' },
    audience: [],
  }),
  ({ drafts }) => accept({ events: drafts, answer: {} }),
)

const features: readonly Feature[] = [
  customer,
  { name: 'rows', commands: [append], queries: [], projections: [userProjection, workOrderProjection] },
  escalation,
  notification,
]

/** Orders, users and a ladder on a data folder, with a clock that the test moves; what decides orders is left out. */
export class LadderDesk {
  readonly #data = mkdtempSync(join(tmpdir(), 'loopdesk-ladder-'))
  readonly warnings: SchedulerWarning[] = []
  #spine: Spine
  scheduler: Scheduler
  now: number
  #commands = 0

  constructor(now: number, policy: SlaPolicy = shippedPolicy) {
    this.now = now
    this.#spine = this.#open()
    this.scheduler = this.#schedule()
    this.publish(policy)
  }

  get spine(): Spine {
    return this.#spine
  }

  #open(): Spine {
    const spine = openSpine({ data: this.#data, features, clock: () => this.now })
    spine.db.raw.pragma('synchronous = OFF')
    return spine
  }

  #schedule(): Scheduler {
    const { db, pipeline } = this.#spine
    return new Scheduler({ db, pipeline, clock: () => this.now, warn: (warning) => this.warnings.push(warning) })
  }

  /** The program ends at once and is started again. */
  restart(): void {
    this.scheduler.stop()
    this.#spine.close()
    this.#spine = this.#open()
    this.scheduler = this.#schedule()
  }

  close(): void {
    this.scheduler.stop()
    this.#spine.close()
    rmSync(this.#data, { recursive: true })
  }

  append(drafts: readonly EventDraft[], actor: Actor = { kind: 'user', id: 'wang' }): void {
    this.#commands += 1
    const id = `test-${this.#spine.desk.log.origin}-${this.#commands}`
    const result = this.#spine.pipeline.execute({ id, name: 'test.append', input: { drafts }, actor })
    if (!result.ok) throw new Error(result.refusal.code)
  }

  publish(policy: SlaPolicy): void {
    const subject = { kind: 'slaPolicy', id: 'default' } as const
    const { version } = policy
    this.append([{ subject, type: 'definitionPublished', version: 1, data: { version, definition: policy } }])
  }

  user(id: string, roles: Role[], absence?: UserEvents['absenceSet']): void {
    const subject = { kind: 'user', id } as const
    const added = { subject, type: 'userAdded', version: 1, data: { login: id, roles } }
    this.append([added, ...(absence ? [{ subject, type: 'absenceSet', version: 1, data: absence }] : [])])
  }

  sla(): SlaContext {
    const { state } = this.#spine.subjects.load<{ current: number; versions: Record<number, SlaPolicy> }>({
      kind: 'slaPolicy',
      id: 'default',
    })
    return { policy: state.versions[state.current] as SlaPolicy, calendar: (): Calendar | undefined => undefined }
  }

  /** Registers an order in a stage, now, with the timers of the newest policy. */
  order(id: string, stage: StageId, owner: string | null = null): void {
    const sla = this.sla()
    const timers = armTimersFor(stage, sla, { enteredAt: this.now, firstRepliedAt: null, diagnosisConcludedAt: null })
    const entered = {
      visit: `${id}-v1`,
      stage,
      workflowVersion: 1,
      slaPolicy: sla.policy.id,
      slaVersion: sla.policy.version,
      timers,
    }
    const data = { number: `A-260302-${id}`, fields: {}, firstContactAt: this.now, channel: 'phone', entered, owner, promise: null } as const
    this.append([orderEvent(id, 'orderRegistered', data)])
  }

  freeze(id: string, paused: boolean): void {
    const { state } = this.#spine.subjects.load<Parameters<typeof timerUpdates>[0]>({ kind: 'workOrder', id })
    const timers = timerUpdates(state, this.sla(), this.now, { reason: 'frozen', paused })
    const draft = paused
      ? orderEvent(id, 'orderFrozen', { shortages: [], timers })
      : orderEvent(id, 'orderThawed', { by: 'stock', timers })
    this.append([draft], { kind: 'system', id: 'stock' })
  }

  leave(id: string, from: StageId, to: StageId): void {
    const entered = { visit: `${id}-v2`, stage: to, workflowVersion: 1, slaPolicy: 'default-sla', slaVersion: 1, timers: [] }
    this.append([orderEvent(id, 'stageChanged', { from, how: 'forward', entered })])
  }

  note(id: string): void {
    this.append([orderEvent(id, 'noteAdded', { kind: 'internal', mentions: [], length: 3 })])
  }

  /** Lets time pass to an instant; the scheduler looks once, as after a sleep. */
  async sleepUntil(at: number): Promise<void> {
    this.now = at
    this.scheduler.start()
    this.scheduler.tick()
    await this.scheduler.idle()
  }

  events(id: string): StoredEvent[] {
    return readSubject(this.#spine.db, `workOrder:${id}`)
  }

  /** Level, instant and people of each firing, in the order of the log. */
  firings(id: string): { level: number; at: number; called: string[] }[] {
    return this.events(id)
      .filter((event) => event.type === 'timerFired')
      .map(({ at, data }) => {
        const { level, called } = data as { level: number; called: { user: string }[] }
        return { level, at, called: called.map(({ user }) => user) }
      })
  }

  /** Asks a query of the contract as a user. */
  ask<Answer>(name: string, input: object, user = 'wang'): Answer {
    const query = features.flatMap((feature) => feature.queries).find(({ contract }) => contract.name === name)
    if (!query) throw new Error(`no query ${name}`)
    const context: QueryContext = {
      db: this.#spine.db,
      now: this.now,
      principal: { actor: { kind: 'user', id: user }, roles: ['dispatcher'], local: false },
    }
    return query.contract.output.parse(query.handle(query.contract.input.parse(input) as never, context)) as Answer
  }
}
