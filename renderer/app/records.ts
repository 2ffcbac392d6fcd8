import { onBeforeUnmount, onMounted } from 'vue'
import { defineStore } from 'pinia'
import type { RecordKind, RecordRef } from '#shared/contract/record.ts'
import { subscribe } from '../api/client.ts'

/** Changes that come together, as an import makes them, are asked for once. */
const GATHER_MS = 250

type Hear = (isMeant: (kind: RecordKind, id?: string) => boolean) => void

/** One subscription for all pages of records; it stays alive with the program. */
const useRecords = defineStore('records', () => {
  const hearing = new Set<Hear>()
  let isListening = false
  const tell = (records: readonly RecordRef[] | null): void => {
    const isMeant = (kind: RecordKind, id?: string): boolean =>
      records?.some((each) => each.kind === kind && (id === undefined || each.id === id)) ?? true
    for (const hear of [...hearing]) hear(isMeant)
  }

  function listen(hear: Hear): () => void {
    hearing.add(hear)
    if (!isListening) {
      isListening = true
      let wasCut = false
      subscribe('record', ({ records }) => tell(records), (connected) => {
        // Nobody knows what changed meanwhile.
        if (connected && wasCut) tell(null)
        wasCut ||= !connected
      })
    }
    return () => void hearing.delete(hear)
  }
  return { listen }
})

/**
 * Calls `again` soon after a record changed that `concerns` says is shown here, whoever changed it.
 * @param concerns is asked with a test for a kind, or for one record of it
 */
export function useRecordNews(concerns: (isMeant: (kind: RecordKind, id?: string) => boolean) => boolean, again: () => void): void {
  const records = useRecords()
  let stop: (() => void) | undefined
  let soon: ReturnType<typeof setTimeout> | undefined
  onMounted(() => {
    stop = records.listen((isMeant) => {
      if (!concerns(isMeant)) return
      soon ??= setTimeout(() => {
        soon = undefined
        again()
      }, GATHER_MS)
    })
  })
  onBeforeUnmount(() => {
    stop?.()
    clearTimeout(soon)
  })
}
