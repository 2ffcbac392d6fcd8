import { computed, shallowRef, watch } from 'vue'
import type { Card } from '#shared/contract/board.ts'
import type { ContractRow } from '#shared/contract/contract.ts'
import type { EquipmentRow } from '#shared/contract/equipment.ts'
import type { DefectRow } from '#shared/contract/knownDefect.ts'
import { isAlike } from '#shared/domain/workOrder/alike.ts'
import { query } from '../../api/client.ts'
import type { Draft } from './draft.ts'

const SHOWN_ORDERS = 8
const PAUSE_MS = 150

/** What is known of whom the draft names: read while it is being typed. */
export function useCaller(draft: Draft) {
  const machine = shallowRef<EquipmentRow | null>(null)
  const contracts = shallowRef<readonly ContractRow[]>([])
  const orders = shallowRef<readonly Card[]>([])
  const defect = shallowRef<DefectRow | null>(null)

  watch(
    () => [draft.equipment, draft.customer] as const,
    async ([equipment, customer]) => {
      const isMeant = (): boolean => draft.equipment === equipment && draft.customer === customer
      machine.value = null
      if (equipment !== null) {
        const answer = await query('equipment.get', { equipment, orders: SHOWN_ORDERS })
        if (!isMeant() || !answer.ok) return
        machine.value = answer.value.equipment
        draft.firmware = answer.value.equipment?.firmware ?? ''
        contracts.value = answer.value.contracts
        orders.value = answer.value.orders
      } else if (customer !== null) {
        const answer = await query('customer.get', { customer, orders: SHOWN_ORDERS })
        if (!isMeant() || !answer.ok) return
        draft.firmware = ''
        contracts.value = answer.value.contracts.filter(({ active }) => active)
        orders.value = answer.value.orders
      } else {
        contracts.value = []
        orders.value = []
      }
    },
    { immediate: true },
  )
  watch(
    () => [draft.model, draft.faultSymptom, draft.firmware] as const,
    ([model, symptom, firmware], _before, onCleanup) => {
      if (model.trim() === '' || symptom.trim() === '') {
        defect.value = null
        return
      }
      const timer = setTimeout(async () => {
        const answer = await query('knownDefect.recognise', { model, symptom, firmware })
        if (answer.ok && draft.model === model && draft.faultSymptom === symptom) defect.value = answer.value.defect
      }, PAUSE_MS)
      onCleanup(() => clearTimeout(timer))
    },
    { immediate: true },
  )

  const openHere = computed(() => orders.value.filter((card) => card.status === 'open' && ['', card.serial].includes(draft.serial.trim())))
  /** An open order of the same machine, or of the same customer while no machine is named, about something alike. */
  const twin = computed(
    () => openHere.value.find((card) => isAlike(card.symptom, draft.faultSymptom) || (defect.value !== null && card.knownDefect?.id === defect.value.id)) ?? null,
  )
  /** One of the same machine that is about something else: worth a word. */
  const other = computed(() => (draft.equipment !== null && twin.value === null ? (openHere.value[0] ?? null) : null))
  return { machine, contracts, orders, defect, twin, other }
}
