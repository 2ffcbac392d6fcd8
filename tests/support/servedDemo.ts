import { join } from 'node:path'
import { seedDemo } from '#core/features/demo/seedDemo.ts'
import { serveDesk, type Served } from './cli.ts'
import { newFolder } from './folders.ts'

/** `serve --demo` on a small demo, as a program of its own, which can open another folder in the place of this one. */
export async function servedDemo(orders = 6): Promise<{ served: Served; folder: string }> {
  const folder = join(newFolder(), 'desk')
  await seedDemo({ data: folder, orders, months: 1, seed: 7 })
  return { folder, served: await serveDesk('--demo', '--data', folder) }
}
