import type { ProviderRow } from '#shared/contract/provider.ts'

export type Placed = ProviderRow & { readonly depth: number }

/**
 * Each provider beneath the one above it, as far as that one is among them. Two desks that moved one beneath the other
 * at the same time left a ring: whoever stands in it is shown at the top.
 */
export function asTree(providers: readonly ProviderRow[]): Placed[] {
  const known = new Set(providers.map(({ id }) => id))
  const placed = new Set<string>()
  const out: Placed[] = []
  const place = (provider: ProviderRow, depth: number): void => {
    if (placed.has(provider.id)) return
    placed.add(provider.id)
    out.push({ ...provider, depth })
    for (const each of providers) if (each.parent?.id === provider.id) place(each, depth + 1)
  }
  for (const each of providers) if (each.parent === null || !known.has(each.parent.id)) place(each, 0)
  for (const each of providers) place(each, 0)
  return out
}
