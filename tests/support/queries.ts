import type * as z from 'zod'
import { LOCAL } from '#core/kernel/access.ts'
import type { RegisteredQuery } from '#core/kernel/feature.ts'
import type { ReadableDb } from '#core/store/sql.ts'
import type { InputOf, OutputOf, QueryContract } from '#shared/contract/define.ts'

interface Asked {
  readonly db: ReadableDb
  readonly queries: ReadonlyMap<string, RegisteredQuery>
  readonly now: number
}

/** Asks a query as the gateway does: input and output both checked against the contract. */
export async function ask<C extends QueryContract>(
  { db, queries, now }: Asked,
  contract: C,
  input: z.input<C['input']>,
): Promise<OutputOf<C>> {
  const query = queries.get(contract.name)
  if (!query) throw new Error(`no query ${contract.name}`)
  const handle = query.handle as (input: InputOf<C>, context: object) => unknown
  const answer = await handle(contract.input.parse(input) as InputOf<C>, { db, now, principal: LOCAL })
  return contract.output.parse(answer) as OutputOf<C>
}
