import { onBeforeUnmount, onMounted } from 'vue'
import { useActions } from '../order/actionStore.ts'
import { ACTIONS } from '../order/actions.ts'
import { chordOf, isTaken } from '../shell/keyboard.ts'
import { useBoard } from './boardStore.ts'
import { useSelection } from './selection.ts'

/** The whole board without a mouse: arrows walk, Enter opens, Space chooses, letters act on the order that is open or stood on. */
export function useBoardKeys({ open, close }: { open: (id: string) => void; close: () => void }): void {
  const board = useBoard()
  const selection = useSelection()
  const actions = useActions()

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
    if (event.key === 'Escape' && selection.opened !== undefined) return done(event, close)
    if (event.key === 'Escape' && selection.marked.size > 0) return done(event, () => selection.markOnly([]))
    const inDrawer = (event.target as HTMLElement).closest('[data-drawer]') !== null
    if (!inDrawer && walk(event)) return
    const onCard = (event.target as HTMLElement).closest('[data-card]') !== null
    const subject = onCard ? selection.current : (selection.opened ?? selection.current)
    const action = ACTIONS.find(({ keys }) => keys === chordOf(event))
    if (action && subject !== undefined) done(event, () => void actions.start(action.name, subject))
  }

  function walk(event: KeyboardEvent): boolean {
    if (event.shiftKey) return false
    const column = board.columns.find((each) => each.cards.some((card) => card.id === selection.current))
    const ends: Record<string, string | undefined> = { Home: column?.cards[0]?.id, End: column?.cards.at(-1)?.id }
    const steps: Record<string, () => void> = {
      ArrowDown: () => selection.step(1),
      ArrowUp: () => selection.step(-1),
      PageDown: () => selection.step(5),
      PageUp: () => selection.step(-5),
      ArrowRight: () => selection.turn(1),
      ArrowLeft: () => selection.turn(-1),
      Home: () => ends['Home'] !== undefined && selection.stand(ends['Home']),
      End: () => ends['End'] !== undefined && selection.stand(ends['End']),
    }
    const onCard = (event.target as HTMLElement).closest('[data-card]') !== null
    if ((event.key === 'Enter' || event.key === ' ') && onCard && selection.current !== undefined) {
      const id = selection.current
      done(event, () => (event.key === ' ' ? selection.mark(id) : open(id)))
      return true
    }
    const step = steps[event.key]
    if (!step) return false
    done(event, step)
    return true
  }

  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}

function done(event: KeyboardEvent, act: () => void): void {
  event.preventDefault()
  act()
}
