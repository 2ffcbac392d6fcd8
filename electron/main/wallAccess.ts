import { safeStorage } from 'electron'
import { liveEndpoint } from '#core/store/attach.ts'
import type { Center } from './center.ts'
import { post } from './http.ts'
import type { PreferenceFile } from './preferences.ts'

export interface WallAccessParts {
  readonly center: () => Center
  /** Address of a service center elsewhere; undefined: the own data folder. */
  readonly address: () => string | undefined
  /** The own data folder. */
  readonly data: string
  readonly preferences: PreferenceFile
  /** How the display is called in the list of walls. */
  readonly name: () => string
}

/**
 * What the wall's window may ask with. Least of all is needed: a wall's own token, which looks and does nothing, and
 * which neither ends with anybody's session nor keeps one alive. It is made once and kept. At a service center
 * elsewhere only some may make one; for others the wall goes under their session, of which its window may use no more
 * than walls may see, and ends with it.
 */
export class WallAccess {
  readonly #parts: WallAccessParts

  constructor(parts: WallAccessParts) {
    this.#parts = parts
  }

  /** The token that was kept, if it is still good: the wall comes back with the program. */
  async kept(): Promise<string | undefined> {
    const token = this.#read()
    return token !== undefined && (await this.#isGood(token)) ? token : undefined
  }

  /** @param session of whoever opens it; undefined: nobody who may */
  async open(session: string | undefined): Promise<string | undefined> {
    if (session === undefined || !(await this.#isGood(session))) return undefined
    return (await this.kept()) ?? (await this.#make(session)) ?? session
  }

  async #isGood(token: string): Promise<boolean> {
    const { status } = await this.#parts.center().invoke({ kind: 'query', name: 'wall.board', input: { perColumn: 1 } }, token)
    return status === 200
  }

  async #make(session: string): Promise<string | undefined> {
    const input = { name: this.#parts.name() }
    // Whoever runs the program on a data folder of their own owns it, and so may give a wall its link.
    const own = this.#parts.address() === undefined ? liveEndpoint(this.#parts.data) : null
    const { status, body } = own
      ? await post(own.url, '/api/commands/wall.createToken', JSON.stringify({ input }), own.token)
      : await this.#parts.center().invoke({ kind: 'command', name: 'wall.createToken', input }, session)
    if (status !== 200) return undefined
    const { token } = body as { readonly token: string }
    this.#keep(token)
    return token
  }

  #keep(token: string): void {
    const encrypted = safeStorage.isEncryptionAvailable()
    const secret = encrypted ? safeStorage.encryptString(token).toString('base64') : token
    this.#parts.preferences.change({ wallToken: { center: this.#parts.address() ?? '', secret, encrypted } })
  }

  #read(): string | undefined {
    const kept = this.#parts.preferences.values.wallToken
    if (!kept || kept.center !== (this.#parts.address() ?? '')) return undefined
    if (!kept.encrypted) return kept.secret
    try {
      return safeStorage.decryptString(Buffer.from(kept.secret, 'base64'))
    } catch {
      // The system's key is another one now.
      return undefined
    }
  }
}
