import { ref } from 'vue'
import { defineStore } from 'pinia'
import type { View, ViewContent } from '#shared/contract/view.ts'
import type { CommandInput } from '#shared/contract/registry.ts'
import type { Refusal } from '#shared/domain/kernel/refusal.ts'
import { command, query } from '../api/client.ts'

export type ViewPage = keyof ViewContent

/** The kept views of one page: `useViews('board')`. */
export function useViews(page: ViewPage) {
  let store = stores.get(page)
  if (!store) stores.set(page, (store = storeOf(page)))
  return store()
}
const stores = new Map<ViewPage, ReturnType<typeof storeOf>>()

function storeOf(page: ViewPage) {
  return defineStore(`views-${page}`, () => {
    const views = ref<readonly View[]>([])
    /** What the page opens with for this person. */
    const chosen = ref<string | null>(null)
    /** The one that is shown, changed or not; null: the page as it comes. */
    const shown = ref<string | null>(null)
    let isOpened = false

    async function load(): Promise<void> {
      const answer = await query('view.list', { page })
      if (!answer.ok) return
      views.value = answer.value.views
      chosen.value = answer.value.chosen
    }
    /** What this person opens the page with, asked for the first time that it is opened; else undefined. */
    async function open(): Promise<View | undefined> {
      if (isOpened) return undefined
      isOpened = true
      await load()
      shown.value = chosen.value
      return views.value.find(({ id }) => id === chosen.value)
    }
    /** `what.view`: the one that is to hold this from now on; absent: a new one. */
    async function save(what: CommandInput['view.save']): Promise<Refusal | undefined> {
      const answer = await command('view.save', what)
      if (!answer.ok) return answer.refusal
      await load()
      shown.value = answer.value.id
      return undefined
    }
    async function remove(view: string): Promise<Refusal | undefined> {
      const answer = await command('view.remove', { view })
      if (!answer.ok) return answer.refusal
      if (shown.value === view) shown.value = null
      await load()
      return undefined
    }
    async function chooseDefault(view: string | null): Promise<Refusal | undefined> {
      const answer = await command('view.chooseDefault', { page, view })
      if (!answer.ok) return answer.refusal
      chosen.value = view
      return undefined
    }
    return { views, chosen, shown, load, open, save, remove, chooseDefault }
  })
}
