import { RECORD_KINDS, recordsChanged, type RecordRef } from '#shared/contract/record.ts'
import type { Subject } from '#shared/domain/kernel/event.ts'
import { topic, type Feature } from '../../kernel/feature.ts'

/** An import changes more than anybody shows: pages then ask anew without being told which. */
const NAMED_AT_MOST = 100

const isRecord = (subject: Subject): subject is Subject & RecordRef => (RECORD_KINDS as readonly string[]).includes(subject.kind)

/** Tells whoever has a record open that it was changed elsewhere. */
export const record: Feature = {
  name: 'record',
  commands: [],
  queries: [],
  projections: [],
  topics: [
    topic(recordsChanged, (touched, _events, { now }) => {
      const records = touched.filter(isRecord).map(({ kind, id }) => ({ kind, id }))
      if (records.length === 0) return null
      return { now, records: records.length > NAMED_AT_MOST ? null : records }
    }),
  ],
}
