import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { electron } from '../support/runtimes.ts'

/** Starts a virtual display for the desktop program where the machine has none. */
export default async function display(): Promise<(() => void) | undefined> {
  if (electron.xvfb === undefined) return undefined
  // Xvfb picks a free number and writes it to descriptor 3 once it listens.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp']
  const server = spawn(electron.xvfb, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const pipe = server.stdio[3]
  if (!pipe) throw new Error('Xvfb gave no display number')
  const [number] = (await once(pipe, 'data')) as [Buffer]
  process.env.DISPLAY = `:${number.toString().trim()}`
  return () => void server.kill()
}
