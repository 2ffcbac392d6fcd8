import type { PatternEvents } from '#shared/domain/pattern/fold.ts'
import { whoIsCalled } from '#shared/domain/workOrder/called.ts'
import type { Reactor } from '../../kernel/pipeline.ts'
import { peopleOf } from '../escalation/people.ts'
import { tell } from '../notification/reactor.ts'
import { enqueue } from '../outbox/queue.ts'

/** R&D are told of a pattern that is sent to them, in the program and through the outbox. */
export const tellOfPatterns: Reactor = (events, db, now) => {
  for (const { id, subject, type, data, actor } of events) {
    if (subject.kind !== 'faultPattern' || type !== 'patternSent') continue
    const { fault, cases } = data as PatternEvents['patternSent']
    const params = { fault: [fault.symptom || fault.category, fault.solution].filter(Boolean).join(' · '), cases }
    for (const { user } of whoIsCalled('rnd', peopleOf(db), now, null).called) {
      if (user === actor.id) continue
      tell(db, { event: id, user, kind: 'faultPattern', order: null, params, at: now })
      enqueue(db, { event: id, channel: 'chat', recipient: user, payload: { kind: 'faultPattern', order: null, params } }, now)
    }
  }
}
