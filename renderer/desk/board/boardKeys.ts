import { onBeforeUnmount, onMounted } from 'vue'
import { LANES } from '#shared/contract/board.ts'
import { useActions } from '../order/actionStore.ts'
import { ACTIONS } from '../order/actions.ts'
import { chordOf, isTaken } from '../shell/keyboard.ts'
import { useBoard } from './boardStore.ts'
import { useSelection } from './selection.ts'
import { useUndo } from './undo.ts'

/** The whole board without a mouse: arrows walk, Enter opens, Space chooses, letters act on the order that is open or stood on. */
export function useBoardKeys({ open, close }: { open: (id: string) => void; close: () => void }): void {
  const board = useBoard()
  const selection = useSelection()
  const actions = useActions()
  const undo = useUndo()

  /** On the cards, not in the drawer. */
  const WALK: Readonly<Record<string, () => void>> = {
    '↓': () => selection.step(1),
    '↑': () => selection.step(-1),
    PageDown: () => selection.step(5),
    PageUp: () => selection.step(-5),
    '→': () => selection.turn(1),
    '←': () => selection.turn(-1),
    Home: () => selection.toEnd('first'),
    End: () => selection.toEnd('last'),
  }
  const BOARD: Readonly<Record<string, () => void>> = {
    'Ctrl+Z': () => void undo.undo(),
    'Shift+F': () => document.querySelector<HTMLElement>('#board-text')?.focus(),
    'Shift+V': () => document.querySelector<HTMLElement>('#board-views')?.click(),
    'Shift+L': () => {
      const ways = [null, ...LANES]
      board.by = ways[(ways.indexOf(board.by) + 1) % ways.length] ?? null
    },
  }
  const ON_ORDER: Readonly<Record<string, 'forward' | 'sendBack'>> = { 'Shift+→': 'forward', 'Shift+←': 'sendBack' }

  function deedOf(event: KeyboardEvent): (() => void) | undefined {
    const chord = chordOf(event)
    const at = (place: string): boolean => (event.target as HTMLElement).closest(place) !== null
    const { current, opened, marked } = selection
    if (chord === 'Esc') {
      if (opened !== undefined) return close
      return marked.size > 0 ? () => selection.markOnly([]) : undefined
    }
    if (at('[data-card]') && current !== undefined) {
      if (chord === 'Enter') return () => open(current)
      if (chord === 'Space') return () => selection.mark(current)
    }
    const deed = BOARD[chord] ?? (at('[data-drawer]') ? undefined : WALK[chord])
    if (deed) return deed
    const order = at('[data-card]') ? current : (opened ?? current)
    const action = ON_ORDER[chord] ?? ACTIONS.find(({ keys }) => keys === chord)?.name
    return action && order !== undefined ? () => void actions.start(action, order) : undefined
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
