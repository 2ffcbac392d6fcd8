import { readEndpoint, type Endpoint } from './endpoint.ts'
import { isLocked } from './lock.ts'

/**
 * The running service center of a folder, or null. A file that a killed process left behind is stale: the lock, which
 * the operating system gave back, tells.
 */
export function liveEndpoint(folder: string): Endpoint | null {
  const endpoint = readEndpoint(folder)
  return endpoint && isLocked(folder) ? endpoint : null
}
