import type * as z from 'zod'
import { LOCAL } from '#core/kernel/access.ts'
import type { InputOf, OutputOf, QueryContract } from '#shared/contract/define.ts'
import type { App } from '#core/app.ts'

/** Asks a query as the gateway does: input and output both checked against the contract. */
export async function ask<C extends QueryContract>(
  desk: { readonly app: App; readonly now: number },
  contract: C,
  input: z.input<C['input']>,
): Promise<OutputOf<C>> {
  const query = desk.app.queries.get(contract.name)
  if (!query) throw new Error(`no query ${contract.name}`)
  const handle = query.handle as (input: InputOf<C>, context: object) => unknown
  const context = { db: desk.app.db, now: desk.now, principal: LOCAL }
  const answer = await handle(contract.input.parse(input) as InputOf<C>, context)
  return contract.output.parse(answer) as OutputOf<C>
}
