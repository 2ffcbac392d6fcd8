import { onBeforeUnmount, onMounted } from 'vue'
import { useActions } from '../order/actionStore.ts'
import { ACTIONS } from '../order/actions.ts'
import { chordOf, isTaken } from '../shell/keyboard.ts'
import { useChosen } from './chosen.ts'

/** The list without a mouse: J and K walk, X and Space choose, Enter opens; other letters act on the order in hand. */
export function useListKeys({ opened, open, close }: { opened: () => string | undefined; open: (id: string) => void; close: () => void }): void {
  const chosen = useChosen()
  const actions = useActions()

  const LIST: Readonly<Record<string, () => void>> = {
    J: () => chosen.step(1),
    '↓': () => chosen.step(1),
    K: () => chosen.step(-1),
    '↑': () => chosen.step(-1),
    PageDown: () => chosen.step(20),
    PageUp: () => chosen.step(-20),
    Home: () => chosen.step(-Infinity),
    End: () => chosen.step(Infinity),
    X: () => chosen.current !== undefined && chosen.mark(chosen.current),
    Space: () => chosen.current !== undefined && chosen.mark(chosen.current),
    Enter: () => chosen.current !== undefined && open(chosen.current),
    'Ctrl+A': chosen.markPage,
    'Shift+F': () => document.querySelector<HTMLElement>('#orders-text')?.focus(),
    'Shift+V': () => document.querySelector<HTMLElement>('#orders-views')?.click(),
  }

  function deedOf(event: KeyboardEvent): (() => void) | undefined {
    const chord = chordOf(event)
    const target = event.target as HTMLElement
    if (chord === 'Esc') {
      if (opened() !== undefined) return close
      return chosen.marked.size > 0 ? () => chosen.markOnly([]) : undefined
    }
    const inDrawer = target.closest('[data-drawer]') !== null
    // A button or a head keeps its own keys.
    const isControl = target.closest('button, a, [role=separator]') !== null
    if (!inDrawer && !(isControl && (chord === 'Enter' || chord === 'Space'))) {
      const deed = LIST[chord]
      if (deed) return deed
    }
    const order = inDrawer ? opened() : chosen.current
    const action = ACTIONS.find(({ keys }) => keys === chord)?.name
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
