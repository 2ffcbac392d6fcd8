import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt, N = 2^15, r = 8, p = 1: 32 MiB and some 80 ms each, in the thread pool, never in the writer's slice. */
const COST = 15
const BLOCK = 8
const PARALLEL = 1
const HASH_BYTES = 32
const SHORTEST = 10
/** Two at a time: sign-ins may wait, the disk and the workers share the same pool. */
const AT_ONCE = 2

export interface PasswordHash {
  readonly salt: Buffer
  readonly hash: Buffer
  readonly cost: number
}

/** Refusal code of a password that will not do; undefined when it will. */
export function passwordProblem(password: string, login: string): string | undefined {
  if ([...password].length < SHORTEST) return 'passwordTooShort'
  const plain = password.normalize('NFKC').toLowerCase()
  if (plain.includes(login.toLowerCase())) return 'passwordHoldsLogin'
  if (new Set(plain).size < 4) return 'passwordTooPlain'
  return undefined
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16)
  return { salt, hash: await derive(password, salt, COST), cost: COST }
}

/** Takes as long without a stored hash as with one, so that the time does not tell which logins exist. */
export async function verifyPassword(password: string, stored: PasswordHash | undefined): Promise<boolean> {
  const against = stored ?? NOBODY
  const derived = await derive(password, against.salt, against.cost)
  return timingSafeEqual(derived, against.hash) && stored !== undefined
}

const NOBODY: PasswordHash = { salt: randomBytes(16), hash: randomBytes(HASH_BYTES), cost: COST }

let running = 0
const waiting: (() => void)[] = []

/** The same word typed on another keyboard is the same password: NFKC (RFC 8265 asks for less). */
async function derive(password: string, salt: Buffer, cost: number): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const options = { N: 2 ** cost, r: BLOCK, p: PARALLEL, maxmem: 2 ** cost * BLOCK * 256 }
      scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) => {
        if (error) reject(error)
        else resolve(key)
      })
    })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
