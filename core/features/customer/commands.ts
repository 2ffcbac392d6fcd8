import * as contract from '#shared/contract/customer.ts'
import { CUSTOMER_PERSONAL, type CustomerEvents, type CustomerState } from '#shared/domain/customer/fold.ts'
import type { EventDraft, PersonalPart } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Result } from '#shared/domain/kernel/refusal.ts'
import { rounded } from '#shared/domain/roster/geo.ts'
import { handler, type CommandContext, type HandlerResult } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'
import { mergedInto, refuseCustomer, stayingOf } from './merged.ts'

function draft<Type extends keyof CustomerEvents>(
  id: string,
  type: Type,
  data: CustomerEvents[Type],
  personal?: PersonalPart['data'],
): EventDraft {
  const subject = { kind: 'customer', id } as const
  return { subject, type, version: 1, data, ...(personal && { personal: { of: `customer:${id}`, data: personal } }) }
}

/** A change of a customer whom everybody knows, on the sight that its author had. */
function change(
  input: { customer: string; base?: string | undefined },
  context: CommandContext,
  decide: (state: CustomerState) => Result<readonly EventDraft[]>,
): HandlerResult<object> {
  const { state, last } = context.load('customer', input.customer)
  if (!state.exists) return refuse('unknownCustomer', 'customer')
  if (input.base !== undefined && last?.id !== input.base) return refuse('staleRecord', 'base')
  const decided = decide(state)
  return decided.ok ? accept({ events: decided.value, answer: {} }) : decided
}

/** A name is one customer's; that of a merged one stays its own, so that it is not registered once more. */
function refuseName(context: CommandContext, name: string): Extract<Result<never>, { ok: false }> | null {
  const bearer = one<{ id: string }>(context.db, 'SELECT id FROM customer WHERE name = ? ORDER BY active DESC, id', name)
  return bearer === undefined ? null : (refuseCustomer(context, bearer.id, 'name') ?? refuse('customerExists', 'name', { name }))
}

/** What was merged is changed where it went to. */
const standing =
  (context: CommandContext, decide: (state: CustomerState) => Result<readonly EventDraft[]>) =>
  (state: CustomerState): Result<readonly EventDraft[]> =>
    refuseCustomer(context, state.id) ?? decide(state)

const placeJson = (place: CustomerState['place']) => place && { lat: place.lat, lon: place.lon }

export const customerCommands = [
  handler(contract.registerCustomer, (input, context) => {
    const { name, contactName, contactPhone, address, region, provisional, demo } = input
    const refused = refuseName(context, name)
    if (refused) return refused
    const id = context.commandId
    const data = { name, ...(region && { region }), ...(provisional && { provisional }), ...(demo && { demo }) }
    const person = { contactName, contactPhone, address }
    const known = Object.values(person).some((value) => value !== undefined)
    return accept({
      events: [draft(id, 'customerRegistered', data, known ? person : undefined)],
      answer: { id },
    })
  }),
  handler(contract.renameCustomer, (input, context) =>
    change(input, context, standing(context, ({ id, name }) =>
      (name !== input.name ? refuseName(context, input.name) : null) ?? accept([draft(id, 'customerRenamed', { old: name, new: input.name })]),
    )),
  ),
  handler(contract.changeCustomer, (input, context) =>
    change(input, context, standing(context, (state) => {
      const { id, name, active } = state
      const fresh = input.name === name ? undefined : input.name
      const refused = fresh === undefined ? null : refuseName(context, fresh)
      if (refused) return refused
      const personal = Object.fromEntries(
        CUSTOMER_PERSONAL.flatMap((field) => {
          const value = input[field]
          return value === undefined || value === state[field] ? [] : [[field, { old: state[field], new: value }] as const]
        }),
      )
      const changes: CustomerEvents['customerChanged']['changes'] = CUSTOMER_PERSONAL.flatMap((field) => {
        const change = personal[field]
        return change ? [{ field, ...(change.new === '' && { cleared: true as const }) }] : []
      })
      if (input.region !== undefined && input.region !== state.region) {
        changes.push({ field: 'region', old: state.region, new: input.region })
      }
      if (input.active !== undefined && input.active !== active) {
        changes.push({ field: 'active', old: active, new: input.active })
      }
      return accept([
        ...(fresh === undefined ? [] : [draft(id, 'customerRenamed', { old: name, new: fresh })]),
        ...(changes.length > 0
          ? [draft(id, 'customerChanged', { changes }, Object.keys(personal).length > 0 ? personal : undefined)]
          : []),
      ])
    })),
  ),
  handler(contract.confirmCustomer, (input, context) =>
    change(input, context, standing(context, ({ id, provisional }) =>
      provisional ? accept([draft(id, 'customerConfirmed', {})]) : refuse('notProvisional', 'customer'),
    )),
  ),
  handler(contract.locateCustomer, (input, context) =>
    change(input, context, standing(context, ({ id, place }) => {
      const fresh = input.place && rounded(input.place)
      if (JSON.stringify(fresh) === JSON.stringify(place)) return accept([])
      return accept([draft(id, 'customerLocated', {}, { place: { old: placeJson(place), new: placeJson(fresh) } })])
    })),
  ),
  handler(contract.eraseCustomer, (input, context) =>
    // A person is erased under every name that he was registered by, whichever of them is asked for.
    change(input, context, () => {
      const stays = stayingOf(context.db, input.customer)
      return accept([stays, ...mergedInto(context.db, stays)].map((each) => draft(each, 'personErased', { reason: input.reason })))
    }),
  ),
]
