import { onBeforeUnmount, ref, shallowRef } from 'vue'
import type { Visit, WaitingOrder } from '#shared/contract/dispatch.ts'
import { CLICK_PX, drawn, edgePull, FINE_MS, SNAP_MS, type Grip } from './dragging.ts'
import { usePlacing } from './placing.ts'

/** What the timeline tells of a point of the screen: whose row it is, and what time. */
interface Ground {
  /** @returns undefined: not over the rows */
  locate(x: number, y: number): { readonly engineer: string; readonly at: number } | undefined
  readonly scroller: HTMLElement
}
const ground = shallowRef<Ground>()
/** The timeline, as long as it is on the screen. */
export function layGround(own: Ground): void {
  ground.value = own
  onBeforeUnmount(() => {
    if (ground.value === own) ground.value = undefined
  })
}

interface Held {
  readonly order: WaitingOrder | Visit
  readonly grip: Grip
  /** Whose row it was taken from; a waiting order stands in none. */
  readonly engineer: string | undefined
  readonly x: number
  readonly y: number
  /** ms between its begin and where the hand took it. */
  readonly heldAt: number
}
/** What is drawn, for the label beside the pointer. */
const held = shallowRef<Held>()
const pointer = ref({ x: 0, y: 0 })
const isOverGround = ref(false)

/** Draws orders with mouse or pen; `onList`: an appointment was let go over the list of waiting orders. */
export function useHand(onList: (visit: Visit) => void) {
  const placing = usePlacing()
  let pressed: Held | undefined
  let frame = 0
  let fine = false

  /** `grip`: where a bar was taken; a waiting order is taken as a whole. */
  function press(event: PointerEvent, order: WaitingOrder | Visit, grip: Grip, engineer?: string): void {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const at = ground.value?.locate(event.clientX, event.clientY)?.at
    const heldAt = 'id' in order && at !== undefined ? at - order.from : 0
    pressed = { order, grip, engineer, x: event.clientX, y: event.clientY, heldAt }
    window.addEventListener('pointermove', onMove)
    window.addEventListener('pointerup', onUp)
    window.addEventListener('keydown', onKey, { capture: true })
  }

  function onMove(event: PointerEvent): void {
    if (!pressed) return
    pointer.value = { x: event.clientX, y: event.clientY }
    fine = event.shiftKey
    if (!held.value) {
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < CLICK_PX) return
      if (!placing.mayHold('id' in pressed.order ? pressed.order : undefined)) return release()
      held.value = pressed
      document.documentElement.classList.add('drawing')
      frame = requestAnimationFrame(pull)
    }
    follow()
  }

  function follow(): void {
    if (!held.value || !ground.value) return
    const { order, grip, engineer, heldAt } = held.value
    const there = ground.value.locate(pointer.value.x, pointer.value.y)
    isOverGround.value = there !== undefined
    if (!there) return
    const was = 'id' in order ? order : undefined
    const bar = was ?? { from: there.at, to: there.at + ('durationMs' in order ? order.durationMs : 0) }
    const span = drawn(bar, grip, there.at, heldAt, fine ? FINE_MS : SNAP_MS)
    const row = grip === 'whole' ? there.engineer : (engineer ?? there.engineer)
    const engineers = withRow(was, engineer, row)
    if (placing.ghost?.order === order.order) placing.put({ ...span, engineers })
    else placing.start(order, { ...span, engineers }, true)
  }

  /** Near an edge the timeline comes along. */
  function pull(): void {
    frame = requestAnimationFrame(pull)
    const scroller = ground.value?.scroller
    if (!scroller || !isOverGround.value) return
    const { left, right, top, bottom } = scroller.getBoundingClientRect()
    const [dx, dy] = [edgePull(pointer.value.x, left + 180, right), edgePull(pointer.value.y, top + 32, bottom)]
    if (dx === 0 && dy === 0) return
    scroller.scrollBy(dx, dy)
    follow()
  }

  function onUp(event: PointerEvent): void {
    const was = held.value?.order
    const isOnGround = isOverGround.value
    release()
    if (!was) return
    // A click on what it was let go over is not meant.
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
    if (isOnGround) return void placing.drop()
    placing.cancel()
    const target = document.elementFromPoint(event.clientX, event.clientY)
    if ('id' in was && target?.closest('[data-waiting-list]')) onList(was)
  }
  function swallow(event: MouseEvent): void {
    event.stopPropagation()
    event.preventDefault()
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !held.value) return
    event.preventDefault()
    event.stopPropagation()
    release()
    placing.cancel()
  }
  function release(): void {
    pressed = undefined
    held.value = undefined
    isOverGround.value = false
    cancelAnimationFrame(frame)
    document.documentElement.classList.remove('drawing')
    window.removeEventListener('pointermove', onMove)
    window.removeEventListener('pointerup', onUp)
    window.removeEventListener('keydown', onKey, { capture: true })
  }
  onBeforeUnmount(release)
  return { press, held, pointer, isOverGround }
}

/** Drawn from one row to another, the one of the crew in that row is exchanged. */
export function withRow(visit: Visit | undefined, from: string | undefined, to: string): string[] {
  if (!visit) return [to]
  const crew = visit.engineers.map(({ id }) => id)
  if (crew.includes(to)) return crew
  return crew.map((id) => (id === (from ?? crew[0]) ? to : id))
}
