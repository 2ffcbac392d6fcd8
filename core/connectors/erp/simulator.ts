import type { ErpDocument, ErpPort } from './port.ts'

/** An ERP that says no, loses answers and books by key, for stories and for trying an adapter. */
export class SimulatedErp implements ErpPort {
  /** What becomes of the next documents; none left: booked. */
  readonly fate: ('refused' | 'answerLost')[] = []
  readonly booked = new Map<string, ErpDocument>()
  tries = 0
  readonly #ledger: ErpPort

  /** @param ledger where it is mirrored once it is booked outside */
  constructor(ledger: ErpPort) {
    this.#ledger = ledger
  }

  async book(document: ErpDocument): Promise<void> {
    this.tries += 1
    const fate = this.fate.shift()
    if (fate === 'refused') throw new Error('period closed')
    if (!this.booked.has(document.key)) this.booked.set(document.key, document)
    if (fate === 'answerLost') throw new Error('no answer in time')
    await this.#ledger.book(document)
  }
}
