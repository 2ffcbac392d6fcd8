import type { CustomerEvents } from '../customer/fold.ts'
import type { EngineerDayEvents } from '../engineerDay/fold.ts'
import type { EquipmentEvents } from '../equipment/fold.ts'
import type { FinanceEvents } from '../finance/fold.ts'
import { folds, type StateOf } from '../folds.ts'
import type { Actor, EventDraft, StoredEvent } from '../kernel/event.ts'
import type { ProviderEvents } from '../provider/fold.ts'
import type { ShiftHandoverEvents } from '../shiftHandover/fold.ts'
import type { StockEvents } from '../stock/fold.ts'
import type { WorkOrderEvents } from './events.ts'

/** The kinds of subject that one decision about an order may touch, and their events. */
interface EventsOf {
  workOrder: WorkOrderEvents
  shiftHandover: ShiftHandoverEvents
  stock: StockEvents
  engineerDay: EngineerDayEvents
  customer: CustomerEvents
  equipment: EquipmentEvents
  serviceProvider: ProviderEvents
  finance: FinanceEvents
}
type Kind = keyof EventsOf

/**
 * The events of one command as they are decided, and every subject as it stands after them: the second reservation
 * of a command sees the first. Refused commands throw their book away.
 */
export class DraftBook {
  readonly drafts: EventDraft[] = []
  readonly #load: <K extends Kind>(kind: K, id: string) => StateOf<K>
  readonly #at: number
  readonly #actor: Actor
  readonly #states = new Map<string, object>()

  constructor(load: <K extends Kind>(kind: K, id: string) => StateOf<K>, at: number, actor: Actor) {
    this.#load = load
    this.#at = at
    this.#actor = actor
  }

  state<K extends Kind>(kind: K, id: string): StateOf<K> {
    const key = `${kind}:${id}`
    const drafted = this.#states.get(key)
    return drafted ? (drafted as StateOf<K>) : this.#load(kind, id)
  }

  add<K extends Kind, Type extends keyof EventsOf[K] & string>(
    kind: K,
    id: string,
    type: Type,
    data: EventsOf[K][Type] & object,
    extra: Pick<EventDraft, 'at' | 'personal'> = {},
  ): void {
    const draft: EventDraft = { subject: { kind, id }, type, version: 1, data, ...extra }
    const fold = folds[kind] as unknown as { evolve(state: object, event: StoredEvent): object }
    this.#states.set(`${kind}:${id}`, fold.evolve(this.state(kind, id), this.#asStored(draft)))
    this.drafts.push(draft)
  }

  #asStored(draft: EventDraft): StoredEvent {
    const { at = this.#at, personal, subject, type, version, data } = draft
    const place = { id: `draft-${this.drafts.length}`, origin: '', seq: this.drafts.length, hlc: 0, base: null, cause: '' }
    const parts = personal && { personal: personal.data }
    return { ...place, subject, type, version, data, at, recordedAt: this.#at, actor: this.#actor, ...parts }
  }
}
