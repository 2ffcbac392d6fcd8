/** The program's own work waits this long at most for people's calls that are being served. */
const PATIENCE_MS = 8

/**
 * Who is being served. A call takes several turns of the event loop (its head, its body, its answer); the program's
 * own slices of work let it pass through all of them, so that a person waits for one slice and not for one a turn.
 */
export class Attention {
  #calls = 0

  /** Of a call that came in; what it returns is called once it is answered or given up. */
  serve(): () => void {
    this.#calls += 1
    return () => {
      this.#calls -= 1
    }
  }

  /** Settles when what waits has been served, or after 8 ms: a long call must not stop the timers. */
  async turn(): Promise<void> {
    const began = performance.now()
    do await new Promise((resolve) => setImmediate(resolve))
    while (this.#calls > 0 && performance.now() - began < PATIENCE_MS)
  }
}
