import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { AuditFilter, AuditRow } from '#shared/contract/audit.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'
import { isStalePage } from '../../app/stalePage.ts'

const PAGE = 50
/** A rare event may lie many pages back: so long it is looked for without being asked again. */
const LOOK_FOR_MS = 4000

/** The audit as far as it is on the screen: newest first, page after page. */
export const useAudit = defineStore('audit', () => {
  const filter = ref<AuditFilter>({})
  const rows = shallowRef<readonly AuditRow[]>([])
  const names = shallowRef<Readonly<Record<string, string>>>({})
  const next = ref<string | null>(null)
  const searchedTo = ref<number | null>(null)
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const busy = ref(false)
  const refusal = ref<Refusal>()
  let generation = 0

  /** Pages until there is something new to show, the log ends, or it has taken long enough. */
  async function more(): Promise<void> {
    const mine = generation
    const until = performance.now() + LOOK_FOR_MS
    busy.value = true
    let found = 0
    do {
      const answer = await query('audit.list', { filter: filter.value, limit: PAGE, ...(next.value !== null && { after: next.value }) })
      if (mine !== generation) return
      if (next.value !== null && isStalePage(answer)) return load()
      refusal.value = answer.ok ? undefined : answer.refusal
      if (!answer.ok) {
        if (rows.value.length === 0) state.value = 'failed'
        break
      }
      found += answer.value.rows.length
      rows.value = [...rows.value, ...answer.value.rows]
      names.value = { ...names.value, ...answer.value.names }
      next.value = answer.value.next
      searchedTo.value = answer.value.searchedTo
      state.value = 'ready'
    } while (next.value !== null && found < PAGE && performance.now() < until)
    busy.value = false
  }
  async function load(): Promise<void> {
    generation++
    rows.value = []
    next.value = null
    searchedTo.value = null
    state.value = 'loading'
    await more()
  }
  const isFiltered = computed(() => Object.values(filter.value).some((value) => value !== undefined && value !== ''))
  return { filter, rows, names, next, searchedTo, state, busy, refusal, isFiltered, load, more }
})
