import { folds, type StateOf } from '#shared/domain/folds.ts'
import { subjectKey, type Actor, type EventDraft, type StoredEvent, type Subject, type SubjectKind } from '#shared/domain/kernel/event.ts'
import type { Loaded, Subjects } from './subjects.ts'

/** The subjects as they would stand after commands that are only tried: nothing of it is written or remembered. */
export class DryRun {
  readonly #subjects: Subjects
  readonly #states = new Map<string, Loaded<unknown>>()
  #count = 0

  constructor(subjects: Subjects) {
    this.#subjects = subjects
  }

  load<Kind extends SubjectKind>(subject: Subject & { readonly kind: Kind }): Loaded<StateOf<Kind>> {
    return (this.#states.get(subjectKey(subject)) ?? this.#subjects.load(subject)) as Loaded<StateOf<Kind>>
  }

  apply(drafts: readonly EventDraft[], author: { readonly actor: Actor; readonly at: number; readonly cause: string }): void {
    for (const draft of drafts) {
      const { subject, type, version, data, personal, at = author.at } = draft
      const before = this.load(subject)
      const id = `dry-${++this.#count}`
      const place = { id, origin: '', seq: this.#count, hlc: 0, base: before.last?.id ?? null }
      const parts = personal && { personal: personal.data }
      const event: StoredEvent = { ...place, subject, type, version, data, at, recordedAt: author.at, actor: author.actor, cause: author.cause, ...parts }
      const fold = folds[subject.kind] as unknown as { evolve(state: unknown, event: StoredEvent): unknown }
      this.#states.set(subjectKey(subject), { state: fold.evolve(before.state, event), last: place, events: before.events + 1 })
    }
  }
}
