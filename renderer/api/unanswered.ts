/** Older ones were given up long ago. */
const MOST = 40
const KEY = 'unanswered'

/**
 * Commands whose answer never came, by name and input: pressed again, also after the page was loaded anew, they go
 * out under the same id, so that the service center does them once whatever became of the first try. What was typed is
 * not kept here, only a digest of it.
 */
export class Unanswered {
  readonly #storage: Storage
  readonly #ids: Map<string, string>

  constructor(storage: Storage) {
    this.#storage = storage
    this.#ids = new Map(read(storage))
  }

  /** The id under which the command goes out now. */
  idOf(call: string): string {
    const key = digest(call)
    const id = this.#ids.get(key) ?? crypto.randomUUID()
    this.#ids.set(key, id)
    for (const oldest of [...this.#ids.keys()].slice(0, -MOST)) this.#ids.delete(oldest)
    this.#keep()
    return id
  }

  answered(call: string): void {
    if (this.#ids.delete(digest(call))) this.#keep()
  }

  #keep(): void {
    this.#storage.setItem(KEY, JSON.stringify([...this.#ids]))
  }
}

function read(storage: Storage): [string, string][] {
  try {
    return JSON.parse(storage.getItem(KEY) ?? '[]') as [string, string][]
  } catch {
    return []
  }
}

/** 2 × 32 bits (FNV-1a, forwards and backwards) and the length: no secret is guarded here, equal texts are told apart. */
function digest(text: string): string {
  let forwards = 0x811c9dc5
  let backwards = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    forwards = Math.imul(forwards ^ text.charCodeAt(index), 0x01000193)
    backwards = Math.imul(backwards ^ text.charCodeAt(text.length - 1 - index), 0x01000193)
  }
  return [forwards >>> 0, backwards >>> 0, text.length].map((part) => part.toString(36)).join('.')
}
