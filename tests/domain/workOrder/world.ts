import { readFileSync } from 'node:fs'
import { folds, type StateOf } from '#shared/domain/folds.ts'
import { subjectKey, type EventDraft, type StoredEvent } from '#shared/domain/kernel/event.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { slaPolicySchema } from '#shared/domain/sla/policy.ts'
import { workflowSchema } from '#shared/domain/workflow/definition.ts'
import type { DecisionContext, Verdict } from '#shared/domain/workOrder/decision.ts'
import { DraftBook } from '#shared/domain/workOrder/draftBook.ts'
import { thawsFor } from '#shared/domain/workOrder/holdings.ts'
import type { WorkOrderState } from '#shared/domain/workOrder/state.ts'

const resource = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/${path}`, import.meta.url), 'utf8'))
export const workflow = workflowSchema.parse(resource('workflows/default.json'))
const policy = slaPolicySchema.parse(resource('policies/default-sla.json'))

type Decide = (context: DecisionContext) => Verdict

/** Every subject of a desk in memory: decisions and folds as in the program, without its store. */
export class World {
  now = Date.UTC(2026, 9, 21, 2)
  readonly log: StoredEvent[] = []
  /** Sees each event with the order as it stood before it. */
  onEvent: (event: StoredEvent, before: object) => void = () => undefined
  readonly #states = new Map<string, object>()
  readonly #heads = new Map<string, string>()
  #commands = 0

  /** null: accepted. Refused commands leave no event. */
  run(user: string, decide: Decide): Refusal | null {
    this.#commands += 1
    const book = new DraftBook((kind, id) => this.state(kind, id), this.now, { kind: 'user', id: user })
    const context: DecisionContext = {
      book,
      commandId: `command-${this.#commands}`,
      actor: { kind: 'user', id: user },
      at: this.now,
      now: this.now,
      mayBackdate: false,
      mayGiveFor: () => true,
      mayBook: () => true,
      zone: 'Asia/Shanghai',
      head: (order) => this.head(order),
      workflow: () => workflow,
      sla: () => ({ policy, calendar: () => undefined }),
      isActiveUser: (id) => id !== 'nobody',
      mayWorkOnOrders: () => true,
      isEngineer: (id) => id !== 'nobody',
      judgeVisit: () => ({ hard: [], soft: [] }),
      customerNamed: () => undefined,
      machineWith: () => undefined,
      defectIn: () => null,
      blobSize: () => 1,
    }
    const refused = decide(context)
    if (refused) return refused.refusal
    const raised = book.drafts.filter(({ type }) => type === 'reservationReleased' || type === 'stockReceived')
    const waits = (state: WorkOrderState): boolean =>
      state.freeze?.shortages.some(({ warehouse, part }) => raised.some(({ subject }) => subject.id === `${warehouse}/${part}`)) ===
      true
    if (raised.length > 0) thawsFor(context, this.orders().filter(waits).map(({ id }) => id))
    for (const draft of book.drafts) this.#append(draft, user, context.commandId)
    return null
  }

  #append(draft: EventDraft, user: string, cause: string): void {
    const key = subjectKey(draft.subject)
    const seq = this.log.length + 1
    const event: StoredEvent = {
      id: `event-${seq}`,
      origin: 'A',
      seq,
      hlc: seq,
      at: draft.at ?? this.now,
      recordedAt: this.now,
      base: this.#heads.get(key) ?? null,
      actor: { kind: 'user', id: user },
      cause,
      subject: draft.subject,
      type: draft.type,
      version: draft.version,
      data: draft.data,
      ...(draft.personal && { personal: draft.personal.data }),
    }
    const { kind, id } = draft.subject as { kind: 'workOrder'; id: string }
    const before = this.state(kind, id)
    this.onEvent(event, before)
    this.#states.set(key, folds[kind].evolve(before, event))
    this.#heads.set(key, event.id)
    this.log.push(event)
  }

  state<K extends keyof typeof folds>(kind: K, id: string): StateOf<K> {
    return (this.#states.get(`${kind}:${id}`) ?? folds[kind].initial(id)) as StateOf<K>
  }

  head(order: string): string {
    return this.#heads.get(`workOrder:${order}`) ?? 'none'
  }

  all<K extends keyof typeof folds>(kind: K): StateOf<K>[] {
    return [...this.#states].filter(([key]) => key.startsWith(`${kind}:`)).map(([, state]) => state as StateOf<K>)
  }

  orders(): WorkOrderState[] {
    return this.all('workOrder').filter((order) => order.registered)
  }
}
