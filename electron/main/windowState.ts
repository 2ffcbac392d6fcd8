import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
})
const saved = bounds.extend({ maximized: z.boolean() })
export type Bounds = z.infer<typeof bounds>
export type WindowState = z.infer<typeof saved>

/** How much of a window must lie on a display, so that it can be grasped. */
const GRASP = { width: 160, height: 48 }

/** Where the window was; null when that is unknown or no display is there any more. */
export function readWindowState(file: string, workAreas: readonly Bounds[]): WindowState | null {
  try {
    const state = saved.parse(JSON.parse(readFileSync(file, 'utf8')))
    return workAreas.some((area) => isReachable(state, area)) ? state : null
  } catch {
    return null
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}

/** The title bar is what a person grasps: it must be on the display, and a piece of it wide enough. */
function isReachable(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const below = area.y + area.height - window.y
  return across >= GRASP.width && window.y >= area.y && below >= GRASP.height
}
