import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, writeFileSafely } from './files.ts'

/** How a second program on the same folder reaches the running service center. */
export interface Endpoint {
  readonly pid: number
  readonly url: string
  /** Bearer token of the local principal: whoever may read the file is the owner of the data folder. */
  readonly token: string
  /** UTC ms. */
  readonly startedAt: number
}

const fileOf = (folder: string): string => join(folder, 'endpoint.json')

export function writeEndpoint(folder: string, endpoint: Endpoint): void {
  writeFileSafely(fileOf(folder), JSON.stringify(endpoint), 0o600)
}

/** What the file says, whether or not its writer still lives: see `liveEndpoint`. */
export function readEndpoint(folder: string): Endpoint | null {
  return readJson<Endpoint>(fileOf(folder))
}

export function removeEndpoint(folder: string): void {
  rmSync(fileOf(folder), { force: true })
}
