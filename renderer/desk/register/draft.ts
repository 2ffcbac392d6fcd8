import { reactive, watch } from 'vue'
import type { CommandInput } from '#shared/contract/registry.ts'
import type { Channel, Priority } from '#shared/domain/workOrder/stages.ts'

const KEY = 'registerDraft'

const blank = () => ({
  channel: 'phone' as Channel,
  customer: null as string | null,
  customerName: '',
  contactName: '',
  contactPhone: '',
  siteAddress: '',
  equipment: null as string | null,
  model: '',
  serial: '',
  faultCategory: '',
  faultSymptom: '',
  reproductionSteps: '',
  priority: 'normal' as Priority,
  repliedAtCall: true,
})
export type Draft = ReturnType<typeof blank>

/** What is typed outlives a reload, an ended session and a dead service center. */
export function useDraft() {
  const kept = sessionStorage.getItem(KEY)
  const draft = reactive<Draft>({ ...blank(), ...(kept !== null && (JSON.parse(kept) as Partial<Draft>)) })
  watch(draft, (now) => sessionStorage.setItem(KEY, JSON.stringify(now)))
  function clear(): void {
    Object.assign(draft, blank())
    sessionStorage.removeItem(KEY)
  }
  return { draft, clear }
}

/** What the service center is asked for; an unknown customer or machine goes along by its name. */
export function orderOf(draft: Draft): CommandInput['workOrder.register'] {
  const named = (value: string): string | undefined => (value.trim() === '' ? undefined : value.trim())
  const texts = ['contactName', 'contactPhone', 'siteAddress', 'faultCategory', 'faultSymptom', 'reproductionSteps'] as const
  const filled = texts.flatMap((field) => {
    const value = named(draft[field])
    return value === undefined ? [] : [[field, value] as const]
  })
  const model = named(draft.model)
  const serial = named(draft.serial)
  const name = named(draft.customerName)
  return {
    ...(draft.customer !== null ? { customer: { id: draft.customer } } : name !== undefined && { customer: { name } }),
    ...(draft.equipment !== null
      ? { equipment: { id: draft.equipment } }
      : model !== undefined && serial !== undefined && { equipment: { model, serial } }),
    fields: { ...Object.fromEntries(filled), priority: draft.priority },
    channel: draft.channel,
    repliedAtCall: draft.channel === 'phone' && draft.repliedAtCall,
  }
}
