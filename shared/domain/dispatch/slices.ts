import { overlaps } from '../roster/rotation.ts'

interface Place {
  readonly engineers: readonly string[]
  readonly from: number
  readonly to: number
}
interface Move {
  readonly order: string
  readonly before: Place | null
  readonly after: Place | null
}

/**
 * The changes of a plan in parts that can be decided one after the other as if they were decided at once: whoever makes
 * room comes before whoever takes it, and those that can only change together (two that swap, jobs that follow one
 * another) stand in one part. A part has `most` changes, or as many as hang together.
 *
 * @param links pairs of orders one of which is done before the other
 */
export function slicesOf<Change extends Move>(changes: readonly Change[], links: readonly (readonly [string, string])[], most: number): Change[][] {
  const needs = neededBy(changes, links)
  const slices: Change[][] = []
  let open: Change[] = []
  for (const group of groupsInOrder(changes, needs)) {
    if (open.length > 0 && open.length + group.length > most) {
      slices.push(open)
      open = []
    }
    open.push(...group)
  }
  return open.length > 0 ? [...slices, open] : slices
}

/** For each change those that have to be made before it, or with it. */
function neededBy<Change extends Move>(changes: readonly Change[], links: readonly (readonly [string, string])[]): Map<Change, Change[]> {
  const leaving = new Map<string, Change[]>()
  for (const change of changes) for (const engineer of change.before?.engineers ?? []) leaving.set(engineer, [...(leaving.get(engineer) ?? []), change])
  const needs = new Map<Change, Change[]>()
  for (const change of changes) {
    const { after } = change
    const rivals = after ? after.engineers.flatMap((engineer) => leaving.get(engineer) ?? []) : []
    needs.set(change, rivals.filter((other) => other !== change && after && other.before && overlaps(other.before, after)))
  }
  const byOrder = new Map(changes.map((change) => [change.order, change]))
  for (const [first, second] of links) {
    const [a, b] = [byOrder.get(first), byOrder.get(second)]
    if (!a || !b || a === b) continue
    needs.get(a)?.push(b)
    needs.get(b)?.push(a)
  }
  return needs
}

/** Strongly connected groups (Tarjan, SIAM Journal on Computing 1, 1972), each after all that it needs; no recursion. */
function groupsInOrder<Change>(changes: readonly Change[], needs: ReadonlyMap<Change, readonly Change[]>): Change[][] {
  const groups: Change[][] = []
  const index = new Map<Change, number>()
  const low = new Map<Change, number>()
  const onStack = new Set<Change>()
  const stack: Change[] = []
  const enter = (change: Change): { change: Change; next: number } => {
    index.set(change, index.size)
    low.set(change, index.size - 1)
    stack.push(change)
    onStack.add(change)
    return { change, next: 0 }
  }
  const lower = (change: Change, to: number): void => void low.set(change, Math.min(low.get(change) ?? to, to))
  for (const root of changes) {
    if (index.has(root)) continue
    const path = [enter(root)]
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const other = needs.get(here.change)?.[here.next++]
      if (other !== undefined) {
        if (!index.has(other)) path.push(enter(other))
        else if (onStack.has(other)) lower(here.change, index.get(other) ?? 0)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent) lower(parent.change, low.get(here.change) ?? 0)
      if (low.get(here.change) !== index.get(here.change)) continue
      const group = stack.splice(stack.indexOf(here.change))
      for (const each of group) onStack.delete(each)
      groups.push(group)
    }
  }
  return groups
}
