import { onBeforeUnmount, onMounted } from 'vue'
import type { Visit } from '#shared/contract/dispatch.ts'
import { chordOf, isTaken } from '../shell/keyboard.ts'
import { pushed, SNAP_MS } from './dragging.ts'
import { useDispatch } from './dispatchStore.ts'
import { withRow } from './hand.ts'
import { usePlacing, type Ghost } from './placing.ts'

interface Page {
  readonly standWaiting: (order: string) => void
  readonly standRow: (engineer: string, visit?: Visit) => void
  readonly place: () => void
  readonly pin: () => void
  readonly unbook: () => void
  /** Asks what the visit needs. */
  readonly needs: () => void
  readonly open: () => void
  readonly close: () => void
  readonly plan: () => void
  readonly replan: () => void
  readonly map: () => void
  readonly zoom: (closer: boolean) => void
  /** Books the n-th suggestion. */
  readonly take: (n: number) => void
}
const HOUR = 3_600_000

/**
 * The panel by keys alone. Arrows walk among waiting orders, engineers and appointments; M takes the order in hand,
 * arrows carry it, Enter books it. What is carried has every key until it is put down.
 */
export function useDispatchKeys(page: Page): void {
  const dispatch = useDispatch()
  const placing = usePlacing()

  function carry(ghost: Ghost, chord: string): (() => void) | undefined {
    const later = (by: number) => (): void => placing.put(pushed(ghost, 'whole', by))
    const longer = (by: number) => (): void => placing.put(pushed(ghost, 'end', by))
    const CARRY: Readonly<Record<string, () => void>> = {
      '→': later(SNAP_MS),
      '←': later(-SNAP_MS),
      'Shift+→': later(HOUR),
      'Shift+←': later(-HOUR),
      '↓': () => toRow(ghost, 1),
      '↑': () => toRow(ghost, -1),
      ']': longer(SNAP_MS),
      '[': longer(-SNAP_MS),
      Enter: () => void placing.save(),
      Esc: () => {
        placing.cancel()
        back(ghost.order)
      },
    }
    return CARRY[chord]
  }
  function toRow(ghost: Ghost, by: number): void {
    const now = ghost.engineers[0]
    const engineer = neighbour(dispatch.engineers, (each) => each.id === now, by)
    if (engineer) placing.put({ engineers: ghost.was ? withRow({ ...ghost.was, engineers: ghost.engineers.map((id) => ({ id, name: id })) }, now, engineer.id) : [engineer.id, ...ghost.engineers.slice(1).filter((id) => id !== engineer.id)] })
  }
  /** The focus goes back to where the order stands. */
  function back(order: string): void {
    const visit = dispatch.visitOfOrder(order)
    const engineer = visit?.engineers.find(({ id }) => id === dispatch.row) ?? visit?.engineers[0]
    if (visit && engineer) page.standRow(engineer.id, visit)
    else page.standWaiting(order)
  }

  function walkWaiting(by: number): void {
    const order = neighbour(dispatch.waiting, (each) => each.order === dispatch.current, by)
    if (order) page.standWaiting(order.order)
  }
  function walkRows(by: number): void {
    const engineer = neighbour(dispatch.engineers, (each) => each.id === dispatch.row, by)
    if (engineer) page.standRow(engineer.id)
  }
  /** From the name to the first appointment, from there to the next; before the first, the name again. */
  function walkBars(by: number, isOnName: boolean): void {
    const engineer = dispatch.engineers.find(({ id }) => id === dispatch.row)
    if (!engineer) return
    const visits = dispatch.visitsOf(engineer)
    const at = isOnName ? -1 : visits.findIndex(({ order }) => order === dispatch.current)
    const next = Math.min(visits.length - 1, at + by)
    page.standRow(engineer.id, next < 0 ? undefined : visits[next])
  }

  const ANYWHERE: Readonly<Record<string, () => void>> = {
    T: dispatch.toToday,
    'Shift+←': () => dispatch.go(-1),
    'Shift+→': () => dispatch.go(1),
    V: () => void (dispatch.mode = dispatch.mode === 'day' ? 'week' : 'day'),
    'Shift+M': page.map,
    'Shift+P': page.plan,
    'Shift+R': page.replan,
    'Shift+F': () => document.querySelector<HTMLElement>('[data-engineer-find]')?.focus(),
    '+': () => page.zoom(true),
    '=': () => page.zoom(true),
    '-': () => page.zoom(false),
    W: () => {
      const order = dispatch.waitingOrder(dispatch.current) ?? dispatch.waiting[0]
      if (order) page.standWaiting(order.order)
    },
    E: () => {
      const engineer = dispatch.engineers.find(({ id }) => id === dispatch.row) ?? dispatch.engineers[0]
      if (engineer) page.standRow(engineer.id)
    },
  }
  const ON_ORDER: Readonly<Record<string, () => void>> = { M: page.place, X: page.pin, Delete: page.unbook, O: page.open, 'Shift+T': page.needs }

  function deedOf(event: KeyboardEvent): (() => void) | undefined {
    const chord = chordOf(event)
    const target = event.target as HTMLElement
    const onButton = target.closest('button, a, summary, select') !== null
    // A button keeps what presses it.
    if (onButton && (chord === 'Enter' || chord === 'Space')) return undefined
    if (placing.ghost && !placing.ghost.inHand) return carry(placing.ghost, chord)
    if (target.closest('[data-drawer]')) return chord === 'Esc' ? page.close : undefined
    const inList = target.closest('[data-waiting]') !== null
    const onName = target.closest('[data-name]') !== null
    if (inList && (chord === '↓' || chord === 'J')) return () => walkWaiting(1)
    if (inList && (chord === '↑' || chord === 'K')) return () => walkWaiting(-1)
    if (onName || target.closest('[data-visit]')) {
      if (chord === '↓' || chord === 'J') return () => walkRows(1)
      if (chord === '↑' || chord === 'K') return () => walkRows(-1)
      if (chord === '→') return () => walkBars(1, onName)
      if (chord === '←') return () => walkBars(-1, onName)
    }
    if ((chord === 'Enter' || chord === 'Space') && !onButton) return () => target.click()
    if (/^[1-9]$/.test(chord)) return () => page.take(Number(chord))
    if (chord === 'Esc') return page.close
    return ANYWHERE[chord] ?? ON_ORDER[chord]
  }

  function onKey(event: KeyboardEvent): void {
    const deed = isTaken(event) ? undefined : deedOf(event)
    if (!deed) return
    event.preventDefault()
    deed()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}

/** The next of a list in a direction, at its ends the last; from nowhere the first. */
function neighbour<Each>(list: readonly Each[], isHere: (each: Each) => boolean, by: number): Each | undefined {
  const at = list.findIndex(isHere)
  return list[at < 0 ? 0 : Math.min(list.length - 1, Math.max(0, at + by))]
}
