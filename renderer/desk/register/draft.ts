import { reactive, watch } from 'vue'
import type { CommandInput } from '#shared/contract/registry.ts'
import type { Channel, Priority } from '#shared/domain/workOrder/stages.ts'

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
  firmware: '',
  faultCategory: '',
  faultSymptom: '',
  reproductionSteps: '',
  priority: 'normal' as Priority,
  repliedAtCall: true,
  /** The id under which it goes out, once it did: whatever becomes of the answer, it is registered once. */
  id: '',
})
export type Draft = ReturnType<typeof blank>

/**
 * What is typed, kept by this computer: it outlives a reload, a restart, an ended session and a dead service center.
 * Each person has a draft of his own.
 */
export function useDraft(person: string) {
  const key = `registerDraft:${person}`
  const draft = reactive<Draft>({ ...blank(), ...read(key) })
  watch(draft, (now) => localStorage.setItem(key, JSON.stringify(now)))
  function clear(): void {
    Object.assign(draft, blank())
    localStorage.removeItem(key)
  }
  return { draft, clear }
}

function read(key: string): Partial<Draft> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
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
