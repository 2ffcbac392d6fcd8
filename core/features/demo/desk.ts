import type { Picture } from './pictures.ts'
import type { Staff } from './staff.ts'
import type { Store } from './store.ts'
import type { World } from './world.ts'

/** What every order of the demo desk shares. */
export interface DemoDesk {
  readonly world: World
  readonly staff: Staff
  readonly store: Store
  readonly signatures: readonly Picture[]
  readonly evidence: readonly Picture[]
  /** The last order of each machine. */
  readonly lastOf: Map<string, { readonly order: string; readonly at: number }>
}
