import { onBeforeUnmount, onMounted } from 'vue'
import { useActions } from '../order/actionStore.ts'
import { ACTIONS } from '../order/actions.ts'
import { chordOf, isTaken } from '../shell/keyboard.ts'
import { usePromises } from './promiseStore.ts'

interface Page {
  readonly opened: () => string | undefined
  readonly open: (id: string) => void
  readonly close: () => void
  readonly stand: (id: string) => void
  readonly shift: () => void
}

/** J and K walk, Enter opens, Space chooses; the other letters act on the order that is open or stood on. */
export function usePromiseKeys({ opened, open, close, stand, shift }: Page): void {
  const promises = usePromises()
  const actions = useActions()
  const step = (by: number) => (): void => {
    promises.step(by)
    if (promises.current !== undefined) stand(promises.current)
  }
  const WALK: Readonly<Record<string, () => void>> = {
    J: step(1),
    K: step(-1),
    '↓': step(1),
    '↑': step(-1),
    PageDown: step(10),
    PageUp: step(-10),
    Home: step(-Infinity),
    End: step(Infinity),
  }

  function deedOf(event: KeyboardEvent): (() => void) | undefined {
    const chord = chordOf(event)
    const target = event.target as HTMLElement
    const inDrawer = target.closest('[data-drawer]') !== null
    const current = promises.current ?? promises.cards[0]?.id
    if (chord === 'Esc') return opened() === undefined ? (promises.marked.size > 0 ? () => promises.marked.clear() : undefined) : close
    if (chord === 'Shift+H') return shift
    if (chord === 'Shift+V') return () => document.querySelector<HTMLElement>('#promises-views')?.click()
    if (!inDrawer && WALK[chord]) return WALK[chord]
    const onButton = target.closest('button, a, [role=tab]') !== null && target.closest('[data-promise]') === null
    if (!inDrawer && !onButton && current !== undefined) {
      if (chord === 'Enter') return () => open(current)
      if (chord === 'Space') return () => promises.mark(current)
    }
    const order = inDrawer ? opened() : (promises.current ?? opened())
    const action = ACTIONS.find(({ keys }) => keys !== '' && keys === chord)
    return action && order !== undefined ? () => void actions.start(action.name, order) : undefined
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
