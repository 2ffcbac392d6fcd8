import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'

const shape = z.object({
  /** Of menu and messages; the page's choice. */
  language: z.enum(['zh-CN', 'en']).optional(),
  /** Address of a service center elsewhere; absent: the own data folder. */
  center: z.string().max(300).optional(),
  /** Closing the last window leaves the program beside the clock. */
  staysInTray: z.boolean().optional(),
  /** The wall display was open, and on which display. */
  wall: z.object({ open: z.boolean(), display: z.number().optional() }).optional(),
  /** Token of the wall's window, encrypted by the system where it can; by the address of its service center. */
  wallToken: z.object({ center: z.string(), secret: z.string(), encrypted: z.boolean() }).optional(),
})
export type Preferences = z.infer<typeof shape>

/** What the desktop program remembers of itself; a file that cannot be read counts as none. */
export class PreferenceFile {
  readonly #file: string
  #values: Preferences

  constructor(file: string) {
    this.#file = file
    this.#values = read(file)
  }

  get values(): Preferences {
    return this.#values
  }

  /** `undefined` forgets a value. */
  change(part: { [Name in keyof Preferences]?: Preferences[Name] | undefined }): void {
    this.#values = { ...this.#values, ...part } as Preferences
    mkdirSync(dirname(this.#file), { recursive: true })
    const fresh = `${this.#file}.new`
    writeFileSync(fresh, JSON.stringify(this.#values), { mode: 0o600 })
    chmodSync(fresh, 0o600)
    renameSync(fresh, this.#file)
  }
}

function read(file: string): Preferences {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
