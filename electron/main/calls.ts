import * as z from 'zod'
import type { Call, SystemNotice } from '../messages.ts'
import { deskNames } from '../names.ts'

/** As much as the HTTP door takes (bytes of JSON). */
const LARGEST_CALL = 256 * 1024
const LARGEST_UPLOAD = 200 * 1024 * 1024
const MOST_TOPICS = 30

const callShape = z.strictObject({
  kind: z.enum(['command', 'query']),
  name: z.string().max(80),
  input: z.unknown(),
  id: z.uuid().optional(),
  at: z.number().int().optional(),
})
const subscribeShape = z.strictObject({
  subscriber: z.number().int().positive(),
  topics: z.array(z.string().max(60)).max(MOST_TOPICS),
})
const noticeShape = z.strictObject({
  title: z.string().min(1).max(200),
  body: z.string().max(400),
  order: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,79}$/).nullable(),
})
const unsubscribeShape = z.strictObject({ subscriber: z.number().int().positive() })

/**
 * What a window sent, as the contract allows it; a refusal code otherwise. The main process trusts no page: the
 * preload script's own check is repeated here.
 */
export function readCall(payload: unknown): { call: Call } | { code: string; name: string } {
  const parsed = callShape.safeParse(payload)
  if (!parsed.success) return { code: 'badRequest', name: '' }
  const { kind, name } = parsed.data
  if (!deskNames[kind].has(name)) return { code: kind === 'command' ? 'unknownCommand' : 'unknownQuery', name }
  const json = toJson(parsed.data)
  if (json === undefined) return { code: 'badRequest', name }
  if (Buffer.byteLength(json) > LARGEST_CALL) return { code: 'tooLarge', name }
  // Structured clone carries more than JSON does; what goes on is what HTTP would have brought.
  return { call: JSON.parse(json) as Call }
}

/** A photo or a short video, as over HTTP; anything else: undefined. */
export const readUpload = (payload: unknown): ArrayBuffer | undefined =>
  payload instanceof ArrayBuffer && payload.byteLength <= LARGEST_UPLOAD ? payload : undefined

export const readHash = (payload: unknown): string | undefined =>
  typeof payload === 'string' && /^[0-9a-f]{64}$/.test(payload) ? payload : undefined

/** undefined: nothing that may be subscribed. */
export function readSubscription(payload: unknown): { subscriber: number; topics: string[] } | undefined {
  const parsed = subscribeShape.safeParse(payload)
  return parsed.success && parsed.data.topics.every((topic) => deskNames.topic.has(topic)) ? parsed.data : undefined
}

export const readUnsubscription = (payload: unknown): number | undefined =>
  unsubscribeShape.safeParse(payload).data?.subscriber

export const readNotice = (payload: unknown): SystemNotice | undefined => noticeShape.safeParse(payload).data
export const readLanguage = (payload: unknown): 'zh-CN' | 'en' | undefined => z.enum(['zh-CN', 'en']).safeParse(payload).data

function toJson(value: object): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    // A loop, or a BigInt.
    return undefined
  }
}
