import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Notification } from '#shared/contract/notification.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query, subscribe } from '../../api/client.ts'
import { useConnection } from '../../app/connection.ts'
import { useSession } from '../../app/session.ts'

/** What this person was told and has not read yet. */
export const useNotices = defineStore('notices', () => {
  const session = useSession()
  const connection = useConnection()
  const unread = ref(0)
  const notices = ref<readonly Notification[]>()
  const refusal = ref<Refusal>()
  let stop: (() => void) | undefined

  async function load(): Promise<void> {
    const answer = await query('notification.list', { limit: 50 })
    refusal.value = answer.ok ? undefined : answer.refusal
    if (!answer.ok) return
    notices.value = answer.value.notifications
    unread.value = answer.value.unread
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
    void load()
    stop ??= subscribe(
      'notification',
      ({ users }) => {
        if (session.user && users.includes(session.user.id)) void load()
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
  return { unread, notices, refusal, load, read, acknowledge, listen, quit }
})
