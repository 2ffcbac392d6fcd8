import { computed, ref, watch } from 'vue'
import type { NoticeFilter, Notification } from '#shared/contract/notification.ts'
import type { QueryOutput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { query } from '../../api/client.ts'
import { isStalePage } from '../../app/stalePage.ts'
import { useClock } from '../../app/clock.ts'
import { dayOf } from '../../words/time.ts'
import { useNotices } from './notices.ts'

const PAGE = 50
const MOST = 200

export const FILTERS = ['all', 'unread', 'calls', 'mentions', 'handovers'] as const
export type Filter = (typeof FILTERS)[number]

/** The pages of the notification centre that are on the screen, by day; they follow what is told and read elsewhere. */
export function useNoticeList() {
  const news = useNotices()
  const clock = useClock()
  const filter = ref<Filter>('all')
  const page = ref<QueryOutput['notification.list']>()
  const older = ref<readonly Notification[]>([])
  const hasMore = ref(false)
  const refusal = ref<Refusal>()
  let asked = 0

  const wish = (value: Filter): { unreadOnly: boolean; about: NoticeFilter } =>
    value === 'unread' ? { unreadOnly: true, about: 'all' } : { unreadOnly: false, about: value }

  async function load(): Promise<void> {
    const mine = ++asked
    // As many as are on the screen, so that nobody loses their place.
    const held = shown.value.length
    const limit = Math.min(MOST, Math.max(PAGE, held))
    const answer = await query('notification.list', { ...wish(filter.value), limit })
    if (mine !== asked) return
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    page.value = answer.value
    if (held <= limit) {
      older.value = []
      hasMore.value = answer.value.notifications.length === limit
    }
  }
  async function more(): Promise<void> {
    const before = shown.value.at(-1)?.id
    if (before === undefined) return
    const mine = ++asked
    const answer = await query('notification.list', { ...wish(filter.value), before, limit: PAGE })
    if (mine !== asked) return
    if (isStalePage(answer)) {
      // What stood last is forgotten by now.
      older.value = []
      return load()
    }
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    older.value = [...older.value, ...answer.value.notifications]
    hasMore.value = answer.value.notifications.length === PAGE
  }

  const shown = computed<readonly Notification[]>(() => {
    const newest = page.value?.notifications ?? []
    const known = new Set(newest.map(({ id }) => id))
    return [...newest, ...older.value.filter(({ id }) => !known.has(id))]
  })
  const days = computed(() => {
    const groups = new Map<string, { key: string; name: string; notices: Notification[] }>()
    for (const notice of shown.value) {
      const day = dayOf(notice.createdAt, clock.minute)
      const group = groups.get(day.key) ?? { ...day, notices: [] }
      group.notices.push(notice)
      groups.set(day.key, group)
    }
    return [...groups.values()]
  })
  const unreadOf = (of: Filter): number => page.value?.unreadOf[of === 'unread' ? 'all' : of] ?? 0

  watch(filter, () => {
    page.value = undefined
    older.value = []
    void load()
  })
  watch(() => news.version, load)
  void load()
  return { filter, page, days, shown, hasMore, refusal, unreadOf, load, more }
}
