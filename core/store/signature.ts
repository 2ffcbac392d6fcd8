import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { all, type ReadableDb } from './sql.ts'

/** A desk signs where its chain stands (Ed25519): whoever lacks the key cannot rewrite what lies before. */
export interface SignedHead {
  readonly origin: string
  readonly seq: number
  readonly hash: Buffer
  /** UTC ms. */
  readonly at: number
}

const headText = (head: SignedHead): Buffer =>
  Buffer.from(`loopdesk head\n${head.origin}\n${head.seq}\n${head.hash.toString('base64url')}\n${head.at}`)

export const signHead = (key: KeyObject, head: SignedHead): Buffer => sign(null, headText(head), key)

export const isHeadSignature = (publicKey: string, head: SignedHead, signature: Buffer): boolean =>
  signature.length === 64 && verify(null, headText(head), publicKeyOf(publicKey), signature)

/** The old key vouches for the new one. */
const successionText = (origin: string, publicKey: string): Buffer =>
  Buffer.from(`loopdesk key\n${origin}\n${publicKey}`)

export const signSuccessor = (oldKey: KeyObject, origin: string, publicKey: string): string =>
  sign(null, successionText(origin, publicKey), oldKey).toString('base64')

const isSuccessor = (oldKey: string, origin: string, publicKey: string, signature: string): boolean =>
  verify(null, successionText(origin, publicKey), publicKeyOf(oldKey), Buffer.from(signature, 'base64'))

/** SPKI as base64, as the key events hold it. */
export const exportPublic = (key: KeyObject): string =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')

const publicKeyOf = (spki: string): KeyObject =>
  createPublicKey({ key: Buffer.from(spki, 'base64'), type: 'spki', format: 'der' })

export const newPrivateKey = (): KeyObject => generateKeyPairSync('ed25519').privateKey
export const privateKeyText = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string

/** null: no such file, or not a key. */
export function readPrivateKey(file: string): KeyObject | null {
  if (!existsSync(file)) return null
  try {
    return createPrivateKey(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

export interface DeskKey {
  /** The first event that this key signs for. */
  readonly from: number
  readonly publicKey: string
}

interface KeyEventText {
  readonly seq: number
  readonly type: string
  readonly data: { readonly publicKey: string; readonly signedByOld?: string }
}

/** undefined: the text was damaged and names no key; `verify` says where. */
function readKeyEvent(text: string): KeyEventText | undefined {
  try {
    const event = JSON.parse(text) as KeyEventText | null
    if (typeof event?.data?.publicKey !== 'string') return undefined
    publicKeyOf(event.data.publicKey)
    return event
  } catch {
    return undefined
  }
}

/**
 * The public keys of a desk, oldest first, from the key events of its own chain. A rotation that the key before did
 * not sign is left out, so that nothing signed with it counts.
 */
export function readDeskKeys(db: ReadableDb, origin: string): DeskKey[] {
  const rows = all<{ text: string }>(
    db,
    "SELECT text FROM event WHERE subject = ? AND origin = ? AND type IN ('deskCreated', 'keyRotated') ORDER BY hlc",
    `desk:${origin}`,
    origin,
  )
  const keys: DeskKey[] = []
  for (const row of rows) {
    const event = readKeyEvent(row.text)
    if (!event) continue
    const { publicKey, signedByOld } = event.data
    const last = keys.at(-1)
    const isValid = event.type === 'deskCreated' ? !last : last && isSuccessor(last.publicKey, origin, publicKey, signedByOld ?? '')
    if (isValid) keys.push({ from: event.seq, publicKey })
  }
  return keys
}

export const keyAt = (keys: readonly DeskKey[], seq: number): DeskKey | undefined =>
  keys.findLast((key) => key.from <= seq)
