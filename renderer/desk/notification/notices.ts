import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Notification } from '#shared/contract/notification.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query, subscribe } from '../../api/client.ts'
import { useConnection } from '../../app/connection.ts'
import { useSession } from '../../app/session.ts'
import { useNoticePreferences } from './preferences.ts'

const SHOWN = 30

/** What this person was told lately, live: for the bell, and for whoever rings. */
export const useNotices = defineStore('notices', () => {
  const session = useSession()
  const connection = useConnection()
  const preferences = useNoticePreferences()
  const unread = ref(0)
  const notices = ref<readonly Notification[]>()
  const refusal = ref<Refusal>()
  /** Grows whenever something may have changed: lists of notices ask anew. */
  const version = ref(0)
  const listeners = new Set<(fresh: readonly Notification[]) => void>()
  let stop: (() => void) | undefined

  async function load(): Promise<void> {
    const before = notices.value
    const answer = await query('notification.list', { limit: SHOWN })
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    notices.value = answer.value.notifications
    unread.value = answer.value.unread
    version.value += 1
    // What stood there when the desk was opened is no news.
    if (before) tellFresh(before, answer.value.notifications)
  }
  function tellFresh(before: readonly Notification[], after: readonly Notification[]): void {
    const known = new Set(before.map(({ id }) => id))
    const newest = before[0]?.createdAt ?? 0
    const fresh = after.filter((each) => !known.has(each.id) && each.readAt === null && each.createdAt >= newest)
    if (fresh.length > 0) for (const tell of listeners) tell(fresh)
  }
  /** Tells of notices that came just now; answers how to stop. */
  function onFresh(callback: (fresh: readonly Notification[]) => void): () => void {
    listeners.add(callback)
    return () => listeners.delete(callback)
  }

  async function read(ids?: string[]): Promise<void> {
    const answer = await command('notification.markRead', ids ? { ids } : {})
    if (answer.ok) await load()
  }
  async function acknowledge(id: string): Promise<Refusal | undefined> {
    const answer = await command('notification.acknowledge', { id })
    if (!answer.ok) return answer.refusal
    await load()
    return undefined
  }
  function listen(): void {
    if (stop) return
    notices.value = undefined
    void load()
    void preferences.load()
    stop = subscribe(
      'notification',
      ({ users, what }) => {
        if (!session.user || !users.includes(session.user.id)) return
        void (what === 'preferences' ? preferences.load() : load())
      },
      (connected) => {
        // The bell is on every page; what it hears holds for the whole screen.
        connection.set(connected)
        if (connected) void load()
      },
    )
  }
  function quit(): void {
    stop?.()
    stop = undefined
  }
  return { unread, notices, refusal, version, load, onFresh, read, acknowledge, listen, quit }
})
