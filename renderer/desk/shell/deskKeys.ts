import { onBeforeUnmount, onMounted } from 'vue'
import { shortcutOf } from '#shared/domain/desk/shortcuts.ts'
import { useDeeds } from './deeds.ts'
import { useHelp } from './help.ts'
import { chordOf, isTaken } from './keyboard.ts'

/** How long the second key may take. */
const SECOND_KEY_MS = 2000

/**
 * Keys that work everywhere on the desk. What a page or the order in hand does with a key comes first: these listen
 * last. The first of two keys (`G`) is taken before anybody else.
 */
export function useDeskKeys(): void {
  const help = useHelp()
  const deeds = useDeeds()
  let timer: ReturnType<typeof setTimeout> | undefined

  function onFirst(event: KeyboardEvent): void {
    if (isModifier(event)) return
    const chord = chordOf(event)
    if (help.awaitsSecond) {
      setAwaiting(false)
      // Whatever it is, it was meant for this: an order must not be touched by a slip.
      if (!isTaken(event)) take(event, () => deeds.run(shortcutOf(`G ${chord}`)))
    } else if (chord === 'G' && !event.repeat && !isTaken(event)) take(event, () => setAwaiting(true))
  }
  function setAwaiting(awaits: boolean): void {
    clearTimeout(timer)
    help.awaitsSecond = awaits
    if (awaits) timer = setTimeout(() => setAwaiting(false), SECOND_KEY_MS)
  }

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || isModifier(event)) return
    const chord = chordOf(event)
    // Held with Ctrl, a key is no text: it works from within a box, too.
    if (!chord.startsWith('Ctrl+') && isTaken(event)) return
    const id = shortcutOf(chord)
    if (id) take(event, () => deeds.run(id))
  }

  onMounted(() => {
    window.addEventListener('keydown', onFirst, { capture: true })
    window.addEventListener('keydown', onKey)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onFirst, { capture: true })
    window.removeEventListener('keydown', onKey)
    setAwaiting(false)
  })
}

const isModifier = ({ key }: KeyboardEvent): boolean => ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock'].includes(key)

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault()
  event.stopPropagation()
  act()
}
