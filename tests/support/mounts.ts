import { execFileSync } from 'node:child_process'
import { newFolder } from './folders.ts'

const mounted: string[] = []

/** A disk in memory, to be filled or made read-only; null where this account may not mount. */
export function smallDisk(bytes: number): string | null {
  const folder = newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    return null
  }
  mounted.push(folder)
  return folder
}

export function makeReadOnly(disk: string): void {
  execFileSync('mount', ['-o', 'remount,ro', disk])
}

export function unmountDisks(): void {
  for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder])
}

export const NO_MOUNT = 'this account may not mount a disk of its own'
