/** Logarithms of factorials up to `most`, grown as asked. */
const logFactorials = [0]
function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push((logFactorials[k - 1] as number) + Math.log(k))
  return logFactorials[n] as number
}

/**
 * Fisher's exact test, one-sided: the chance that at least `both` of `within` fall among the `marked` of `all`, were
 * they drawn blindly. 0 < p ≤ 1.
 */
export function fisherGreater({ both, within, marked, all }: { both: number; within: number; marked: number; all: number }): number {
  const most = Math.min(within, marked)
  const least = Math.max(0, within + marked - all)
  if (both <= least) return 1
  if (both > most) return Number.MIN_VALUE
  let term = Math.exp(
    logFactorial(within) - logFactorial(both) - logFactorial(within - both) +
      logFactorial(all - within) - logFactorial(marked - both) - logFactorial(all - within - marked + both) -
      (logFactorial(all) - logFactorial(marked) - logFactorial(all - marked)),
  )
  let sum = 0
  for (let k = both; k <= most; k++) {
    sum += term
    // Each term from the one before it; past the peak they only shrink.
    term *= ((within - k) * (marked - k)) / ((k + 1) * (all - within - marked + k + 1))
    if (term < sum * 1e-15) break
  }
  return Math.min(1, Math.max(Number.MIN_VALUE, sum))
}

/**
 * Benjamini and Hochberg (1995): each p-value with its q, the least false-discovery rate at which it is found.
 * @param tests how many were made in all; those not given found nothing
 */
export function falseDiscovery<Found extends { readonly p: number }>(found: readonly Found[], tests: number): (Found & { readonly q: number })[] {
  const sorted = found.toSorted((a, b) => a.p - b.p)
  let least = 1
  return sorted
    .map((each, index) => ({ each, q: (each.p * tests) / (index + 1) }))
    .reverse()
    .map(({ each, q }) => {
      least = Math.min(least, q)
      return { ...each, q: least }
    })
    .reverse()
}
