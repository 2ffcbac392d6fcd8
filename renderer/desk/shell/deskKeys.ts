import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useSession } from '../../app/session.ts'
import { useHelp } from './help.ts'

/** Whether a key belongs to what is being typed in, or to an open dialogue or menu. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement
  return (
    event.defaultPrevented ||
    target.closest('input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]') !== null ||
    document.querySelector('.el-overlay:not([style*="display: none"])') !== null
  )
}

/** Keys that work everywhere on the desk. */
export function useDeskKeys(): void {
  const router = useRouter()
  const help = useHelp()
  const session = useSession()

  function onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      focusSearch()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
    const act = ACTS[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  }
  const ACTS: Record<string, () => void> = {
    '/': focusSearch,
    '?': () => (help.open = true),
    b: () => void router.push('/board'),
    c: () => {
      if (session.may('create', 'WorkOrder')) void router.push('/register')
    },
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('#search')?.focus()
}
