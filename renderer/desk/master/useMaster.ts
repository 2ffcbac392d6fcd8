import { computed, nextTick, onMounted, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RecordKind } from '#shared/contract/record.ts'
import type { Refusal, Result } from '#shared/domain/kernel/refusal.ts'
import { useRecordNews } from '../../app/records.ts'
import { isStalePage } from '../../app/stalePage.ts'

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
}
interface Asked<Show> {
  readonly text: string
  readonly show: Show
  readonly after?: string
}

/** So long a pause in typing is meant as one. */
const PAUSE_MS = 120

/** A list of records read page by page, with what is looked for and the one that is chosen, which the address names. */
export function useMaster<Row extends { readonly id: string }, Show extends string>(
  read: (asked: Asked<Show>) => Promise<Result<Page<Row>>>,
  firstShow: Show,
  kind: RecordKind,
) {
  const route = useRoute()
  const router = useRouter()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const refusal = ref<Refusal>()
  const rows = shallowRef<readonly Row[]>([])
  const next = ref<string | null>(null)
  const text = ref('')
  const show = ref(firstShow)
  const creating = ref(false)
  const chosen = computed(() => (typeof route.query['id'] === 'string' ? route.query['id'] : undefined))
  let asked = 0
  let reading = false

  let loading: Promise<void> | undefined
  function load(): Promise<void> {
    const mine = readFirst()
    loading = mine
    return mine.finally(() => {
      if (loading === mine) loading = undefined
    })
  }
  async function readFirst(): Promise<void> {
    const mine = ++asked
    const answer = await read({ text: text.value.trim(), show: show.value as Show })
    if (mine !== asked) return
    if (answer.ok) {
      rows.value = answer.value.rows
      next.value = answer.value.next
      refusal.value = undefined
      state.value = 'ready'
    } else {
      refusal.value = answer.refusal
      state.value = 'failed'
    }
  }
  /** The next page, behind what is there. */
  async function more(): Promise<void> {
    if (next.value === null || reading || state.value !== 'ready') return
    reading = true
    const mine = asked
    const answer = await read({ text: text.value.trim(), show: show.value as Show, after: next.value })
    reading = false
    if (mine === asked && isStalePage(answer)) return load()
    if (mine !== asked || !answer.ok) return
    const known = new Set(rows.value.map(({ id }) => id))
    rows.value = [...rows.value, ...answer.value.rows.filter(({ id }) => !known.has(id))]
    next.value = answer.value.next
  }
  /** Changed elsewhere: what is shown is shown as it is now, and nobody loses his place in it. */
  async function refresh(): Promise<void> {
    if (state.value !== 'ready' || reading) return
    const mine = asked
    const answer = await read({ text: text.value.trim(), show: show.value as Show })
    if (mine !== asked || !answer.ok) return
    const fresh = answer.value.rows
    if (rows.value.length <= fresh.length || answer.value.next === null) {
      rows.value = fresh
      next.value = answer.value.next
    } else {
      const byId = new Map(fresh.map((row) => [row.id, row]))
      rows.value = rows.value.map((row) => byId.get(row.id) ?? row)
    }
  }
  useRecordNews((isMeant) => isMeant(kind), () => void refresh())
  function choose(id: string | undefined): void {
    creating.value = false
    void router.replace({ query: { ...route.query, id } })
  }
  /** A record was made or changed: the list shows it as it is now. */
  async function changed(id?: string): Promise<void> {
    await load()
    if (id !== undefined) choose(id)
  }

  onMounted(load)
  let typed: ReturnType<typeof setTimeout> | undefined
  watch(text, (_now, _before, onCleanup) => {
    typed = setTimeout(() => {
      typed = undefined
      void load()
    }, PAUSE_MS)
    onCleanup(() => {
      clearTimeout(typed)
      typed = undefined
    })
  })
  /** Settles when the list shows what is typed: Enter means a row of that one, not of the one before. */
  async function settled(): Promise<void> {
    await nextTick()
    if (typed !== undefined) {
      clearTimeout(typed)
      typed = undefined
      await load()
    } else if (loading) await loading
  }
  watch(show, () => {
    state.value = 'loading'
    void load()
  })
  return { state, refusal, rows, next, text, show, creating, chosen, load, more, choose, changed, settled }
}
