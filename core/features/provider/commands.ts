import * as contract from '#shared/contract/provider.ts'
import { changesOf } from '#shared/domain/kernel/changes.ts'
import type { EventDraft } from '#shared/domain/kernel/event.ts'
import { accept, refuse, type Refusal } from '#shared/domain/kernel/refusal.ts'
import { closesRing, PROVIDER_FIELDS, type ProviderEvents } from '#shared/domain/provider/fold.ts'
import { handler, type CommandContext } from '../../kernel/pipeline.ts'
import { one } from '../../store/sql.ts'

const draft = <Type extends keyof ProviderEvents>(id: string, type: Type, data: ProviderEvents[Type]): EventDraft => ({
  subject: { kind: 'serviceProvider', id },
  type,
  version: 1,
  data,
})

type Refused = { ok: false; refusal: Refusal } | null

function refuseName({ db }: CommandContext, name: string | undefined, but = ''): Refused {
  if (name === undefined) return null
  const taken = one(db, 'SELECT 1 FROM service_provider WHERE name = ? AND id <> ?', name, but) !== undefined
  return taken ? refuse('providerExists', 'name', { name }) : null
}

function refuseParent({ load }: CommandContext, parent: string | null | undefined, provider?: string): Refused {
  if (typeof parent !== 'string') return null
  const parentOf = (id: string): string | null => load('serviceProvider', id).state.parent
  if (!load('serviceProvider', parent).state.exists) return refuse('unknownProvider', 'parent')
  return provider !== undefined && closesRing(provider, parent, parentOf) ? refuse('providerRing', 'parent') : null
}

export const providerCommands = [
  handler(contract.registerProvider, ({ name, parent, demo }, context) => {
    const refused = refuseName(context, name) ?? refuseParent(context, parent)
    if (refused) return refused
    const id = context.commandId
    return accept({
      events: [draft(id, 'providerRegistered', { name, parent, ...(demo && { demo }) })],
      answer: { id },
    })
  }),
  handler(contract.changeProvider, ({ provider, base, ...given }, context) => {
    const { state, last } = context.load('serviceProvider', provider)
    if (!state.exists) return refuse('unknownProvider', 'provider')
    if (base !== undefined && last?.id !== base) return refuse('staleRecord', 'base')
    const refused = refuseName(context, given.name, provider) ?? refuseParent(context, given.parent, provider)
    if (refused) return refused
    const changes = changesOf(PROVIDER_FIELDS, state, given)
    return accept({ events: changes.length > 0 ? [draft(provider, 'providerChanged', { changes })] : [], answer: {} })
  }),
]
