import { randomBytes } from 'node:crypto'

/** A piece as it travels: small enough for a call, large enough to be few. */
const PIECE_BYTES = 256 * 1024
/** Or what there is after so long, so that progress is seen. */
const PIECE_MS = 400
/** Nobody asks for more: given up. */
const IDLE_MS = 2 * 60_000
const MOST_JOBS = 4

interface Piece {
  readonly bytes: string
  readonly rows: number
  readonly done: boolean
}

interface Job {
  readonly owner: string
  readonly bytes: AsyncIterator<Uint8Array>
  readonly rows: () => number
  last: { readonly number: number; readonly piece: Promise<Piece> } | null
  timer: NodeJS.Timeout
}

/** Files that are being written, each read by whoever began it. */
export class Jobs {
  readonly #jobs = new Map<string, Job>()

  open(owner: string, bytes: AsyncIterable<Uint8Array>, rows: () => number): string | null {
    const own = [...this.#jobs.values()].filter((job) => job.owner === owner)
    if (own.length >= MOST_JOBS) return null
    const id = randomBytes(18).toString('base64url')
    this.#jobs.set(id, { owner, bytes: bytes[Symbol.asyncIterator](), rows, last: null, timer: this.#giveUpLater(id) })
    return id
  }

  /** undefined: there is no such job of this owner, or the piece is not its next. */
  read(owner: string, id: string, number: number): Promise<Piece> | undefined {
    const job = this.#jobs.get(id)
    if (!job || job.owner !== owner) return undefined
    clearTimeout(job.timer)
    job.timer = this.#giveUpLater(id)
    // The answer was lost on its way: the same once more.
    if (job.last?.number === number) return job.last.piece
    if (number !== (job.last?.number ?? -1) + 1) return undefined
    const before = job.last?.piece
    const piece = Promise.resolve(before).then(() => nextPiece(job))
    job.last = { number, piece }
    piece.catch(() => this.close(owner, id))
    return piece
  }

  close(owner: string, id: string): void {
    const job = this.#jobs.get(id)
    if (!job || job.owner !== owner) return
    clearTimeout(job.timer)
    this.#jobs.delete(id)
    void job.bytes.return?.(undefined).catch(() => undefined)
  }

  #giveUpLater(id: string): NodeJS.Timeout {
    return setTimeout(() => this.close(this.#jobs.get(id)?.owner ?? '', id), IDLE_MS).unref()
  }
}

async function nextPiece({ bytes, rows }: Job): Promise<Piece> {
  const chunks: Uint8Array[] = []
  const until = performance.now() + PIECE_MS
  let size = 0
  let done = false
  while (size < PIECE_BYTES && (size === 0 || performance.now() < until)) {
    const next = await bytes.next()
    if (next.done) {
      done = true
      break
    }
    chunks.push(next.value)
    size += next.value.byteLength
  }
  return { bytes: Buffer.concat(chunks).toString('base64'), rows: rows(), done }
}
