import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { Role } from '#shared/domain/user/fold.ts'
import { query } from '../api/client.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly roles?: readonly Role[]
}

/** The people of the service center, as far as the one signed in may know them. */
export const usePeople = defineStore('people', () => {
  const list = ref<readonly Person[]>([])
  let loading: Promise<void> | undefined

  function load(): Promise<void> {
    loading ??= read().finally(() => (loading = undefined))
    return loading
  }
  /** After somebody was added or renamed. */
  function reload(): Promise<void> {
    list.value = []
    return load()
  }
  async function read(): Promise<void> {
    if (list.value.length > 0) return
    const users = await query('user.list', {})
    if (users.ok) {
      list.value = users.value.users.map(({ id, displayName, roles }) => ({ id, name: displayName, roles }))
      return
    }
    const engineers = await query('engineer.list', {})
    if (engineers.ok) list.value = engineers.value.engineers.map(({ id, name }) => ({ id, name }))
  }
  const nameOf = (id: string): string => list.value.find((person) => person.id === id)?.name ?? id
  return { list, load, reload, nameOf }
})
