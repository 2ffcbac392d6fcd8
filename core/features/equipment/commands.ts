import * as contract from '#shared/contract/equipment.ts'
import { EQUIPMENT_FIELDS, type EquipmentEvents, type EquipmentState } from '#shared/domain/equipment/fold.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { rounded } from '#shared/domain/roster/geo.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { refuseCustomer } from '../customer/merged.ts'
import { sameMachines } from './sameMachine.ts'

const draft = <Type extends keyof EquipmentEvents>(id: string, type: Type, data: EquipmentEvents[Type]): EventDraft => ({
  subject: { kind: 'equipment', id },
  type,
  version: 1,
  data,
})

function change(
  input: { equipment: string; base?: string | undefined },
  context: CommandContext,
  decide: (state: EquipmentState) => Result<EventDraft | null>,
): HandlerResult<object> {
  const { state, last } = context.load('equipment', input.equipment)
  if (!state.exists) return refuse('unknownEquipment', 'equipment')
  if (input.base !== undefined && last?.id !== input.base) return refuse('staleRecord', 'base')
  const decided = decide(state)
  return decided.ok ? accept({ events: decided.value ? [decided.value] : [], answer: {} }) : decided
}

const isTaken = ({ db }: CommandContext, model: string, serial: string, but = ''): boolean =>
  sameMachines(db, model, serial).some((id) => id !== but)

const refuseOwner = (context: CommandContext, customer: string | null | undefined) =>
  typeof customer === 'string' ? refuseCustomer(context, customer) : null

export const equipmentCommands = [
  handler(contract.registerEquipment, (input, context) => {
    const { customer, model, serial, firmware, batch, deliveredOn, warrantyUntil, location, provisional, demo } = input
    const refused = refuseOwner(context, customer)
    if (refused) return refused
    if (isTaken(context, model, serial)) return refuse('equipmentExists', 'serial', { model, serial })
    const id = context.commandId
    const data = {
      customer,
      model,
      serial,
      ...(firmware !== undefined && { firmware }),
      ...(batch !== undefined && { batch }),
      ...(deliveredOn !== undefined && { deliveredOn }),
      ...(warrantyUntil !== undefined && { warrantyUntil }),
      ...(location && { location }),
      ...(provisional && { provisional }),
      ...(demo && { demo }),
    }
    return accept({ events: [draft(id, 'equipmentRegistered', data)], answer: { id } })
  }),
  handler(contract.changeEquipment, (input, context) =>
    change(input, context, (state) => {
      const refused = input.customer === state.customer ? null : refuseOwner(context, input.customer)
      if (refused) return refused
      const { model = state.model, serial = state.serial } = input
      const isOther = model !== state.model || serial !== state.serial
      if (isOther && isTaken(context, model, serial, state.id)) return refuse('equipmentExists', 'serial', { model, serial })
      const { equipment: _id, base: _base, ...given } = input
      const changes = changesOf(EQUIPMENT_FIELDS, state, given) as EquipmentEvents['equipmentChanged']['changes']
      return accept(changes.length > 0 ? draft(state.id, 'equipmentChanged', { changes }) : null)
    }),
  ),
  handler(contract.locateEquipment, (input, context) =>
    change(input, context, ({ id, place }) => {
      const fresh = input.place && rounded(input.place)
      const isSame = JSON.stringify(fresh) === JSON.stringify(place)
      return accept(isSame ? null : draft(id, 'equipmentLocated', { old: place, new: fresh }))
    }),
  ),
  handler(contract.confirmEquipment, (input, context) =>
    change(input, context, ({ id, provisional }) =>
      provisional ? accept(draft(id, 'equipmentConfirmed', {})) : refuse('notProvisional', 'equipment'),
    ),
  ),
]
