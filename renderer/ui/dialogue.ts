/**
 * What the person has to do first takes the focus: what is marked as first, the first empty box, else the first box.
 * Who was faster than the dialogue's opening stays where they are.
 */
export function focusFirst(root: HTMLElement | null): void {
  if (root?.contains(document.activeElement)) return
  const boxes = [...(root?.querySelectorAll<HTMLElement>('form :is(textarea, input, select):not(:disabled)') ?? [])]
  const first = root?.querySelector<HTMLElement>('[data-first]') ?? boxes.find(isEmpty) ?? boxes[0]
  first?.focus()
}

function isEmpty(box: HTMLElement): boolean {
  const picker = box.closest('.el-select')
  // What was picked is shown beside the input of the picker, not in it.
  if (picker) return picker.querySelector('.el-select__placeholder.is-transparent') !== null
  return (box as HTMLInputElement).type !== 'radio' && (box as HTMLInputElement).value === ''
}

/** A closed picker keeps Escape to itself; it is meant for the dialogue around it. */
export function isEscapeFromPicker(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement
  return event.key === 'Escape' && target.closest('.el-select') !== null && target.getAttribute('aria-expanded') !== 'true'
}

/** Keys of every dialogue, taken before a picker keeps them: Escape closes, Ctrl Enter does what the main button does. */
export function onDialogueKey(event: KeyboardEvent, close: () => void): void {
  if (isEscapeFromPicker(event)) close()
  else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) (event.target as HTMLElement).closest('form')?.requestSubmit()
  else return
  event.preventDefault()
  event.stopPropagation()
}
