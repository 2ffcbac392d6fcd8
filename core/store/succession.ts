import { accessSync, constants, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { compactTime } from './anchors.ts'
import { codeOf } from './errors.ts'
import { readJson, syncFolder, writeFileSafely } from './files.ts'
import { isLocked } from './lock.ts'

/**
 * One data folder takes the place of another (DESIGN §4: the log only grows, so demo data is thrown away by beginning a
 * new one). The successor is laid out beside; once it is complete a note in it says so. Then the old folder is put
 * aside under another name, and the successor takes its name. Killed anywhere, the next start finds either the old
 * folder whole, or a complete successor, which it lets take the place: never half of each.
 */
interface Note {
  /** What the old folder is called afterwards, beside the new one. */
  readonly aside: string
}

const NOTE = 'succession.json'

export const successorOf = (folder: string): string => `${resolve(folder)}.successor`
const discarded = (folder: string): string => `${resolve(folder)}.discarded`

/** Refusal code of a folder that cannot be given another place; undefined where it can. */
export function fixedFolder(folder: string): 'folderStays' | undefined {
  const path = resolve(folder)
  try {
    accessSync(dirname(path), constants.W_OK)
    // A volume of its own cannot be renamed.
    return statSync(path).dev === statSync(dirname(path)).dev ? undefined : 'folderStays'
  } catch {
    return 'folderStays'
  }
}

/** Makes room for a successor; what an earlier try left goes. */
export function clearSuccessor(folder: string): string {
  const successor = successorOf(folder)
  rmSync(successor, { recursive: true, force: true })
  return successor
}

/**
 * Says that the successor is complete. From here on it will take the place, whatever happens.
 * @param keep `demo`: the old folder stays beside under a name that says so; null: it is deleted
 */
export function completeSuccessor(folder: string, keep: 'demo' | null, now: number): void {
  const path = resolve(folder)
  const aside = keep === null ? `${basename(discarded(path))}-${compactTime(now)}` : `${basename(path)}.${keep}-${compactTime(now)}`
  const note: Note = { aside: freeName(dirname(path), aside) }
  writeFileSafely(join(successorOf(path), NOTE), JSON.stringify(note))
  syncFolder(dirname(path))
}

/**
 * Lets a complete successor take the place of a folder that nobody has open, and removes what an interrupted try left.
 * Does nothing where there is none. Called before a data folder is opened.
 * @returns whether the folder is another one now
 */
export function finishSuccession(folder: string): boolean {
  const path = resolve(folder)
  const successor = successorOf(path)
  if (!existsSync(successor)) {
    removeDiscarded(path)
    return false
  }
  if (existsSync(path) && isLocked(path)) return false
  const note = readJson<Note>(join(successor, NOTE))
  if (!note) {
    // Laid out half-way: the old folder was not touched.
    rmSync(successor, { recursive: true, force: true })
    return false
  }
  if (existsSync(path)) {
    rename(path, join(dirname(path), note.aside))
    syncFolder(dirname(path))
  }
  rename(successor, path)
  syncFolder(dirname(path))
  rmSync(join(path, NOTE), { force: true })
  removeDiscarded(path)
  return true
}

/** Another program that was started in the same instant may have done it. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** Old folders that were not to be kept. */
function removeDiscarded(folder: string): void {
  const prefix = `${basename(discarded(folder))}-`
  const parent = dirname(folder)
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    if (name.startsWith(prefix)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function freeName(parent: string, wanted: string): string {
  let name = wanted
  for (let number = 2; existsSync(join(parent, name)); number++) name = `${wanted}-${number}`
  return name
}
