import type * as z from 'zod'
import { strict } from './strict.ts'

/**
 * The contract: every command, query and topic by name, with its schema, its permission and its audience (DESIGN §6).
 * Preload, HTTP gateway, OpenAPI, command line and tests are derived from it; nothing is reachable that is not here.
 */

/** Who may reach a name at all, before any permission: the portal's listener serves an allow-list. */
export type Audience = 'desk' | 'portal' | 'wall' | 'local'

export interface Permission {
  readonly action: Action
  readonly subject: PermissionSubject
}
export const ACTIONS = [
  'read',
  'create',
  'change',
  'decide',
  /** To end an order otherwise than by finishing it, or to open a finished one again. */
  'end',
  'release',
  /** To say that something happened more than 15 minutes ago (METRICS, "Time"). */
  'backdate',
  'manage',
  'use',
] as const
export type Action = (typeof ACTIONS)[number]
export const PERMISSION_SUBJECTS = [
  'WorkOrder',
  'Customer',
  'Equipment',
  'Provider',
  'Contract',
  'KnownDefect',
  'Stock',
  /** Bills, payments, the price list and the months. */
  'Finance',
  'Appointment',
  'User',
  'Configuration',
  'Audit',
  'Notification',
  'Desk',
  'Session',
  /** What a wall display shows. */
  'Wall',
] as const
export type PermissionSubject = (typeof PERMISSION_SUBJECTS)[number]

interface Base<Name extends string, Input extends z.ZodType, Output extends z.ZodType> {
  readonly name: Name
  /** One English sentence; it becomes the OpenAPI summary. */
  readonly summary: string
  readonly input: Input
  readonly output: Output
  /** `public`: reachable without a session (signing in, health). */
  readonly permission: Permission | 'public'
  /** Empty: only the program itself issues it, through the pipeline. */
  readonly audience: readonly Audience[]
}
export interface CommandContract<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Base<Name, Input, Output> {
  readonly kind: 'command'
}
export interface QueryContract<
  Name extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Base<Name, Input, Output> {
  readonly kind: 'query'
}
export interface TopicContract<Name extends string = string, Message extends z.ZodType = z.ZodType> {
  readonly kind: 'topic'
  readonly name: Name
  readonly summary: string
  readonly message: Message
  readonly permission: Permission
  readonly audience: readonly Audience[]
}

type Definition<T extends { kind: string }> = Omit<T, 'kind' | 'audience'> & {
  audience?: readonly Audience[]
}

export function defineCommand<Name extends string, Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<CommandContract<Name, Input, Output>>,
): CommandContract<Name, Input, Output> {
  return { kind: 'command', audience: ['desk'], ...definition, input: strict(definition.input) }
}

export function defineQuery<Name extends string, Input extends z.ZodType, Output extends z.ZodType>(
  definition: Definition<QueryContract<Name, Input, Output>>,
): QueryContract<Name, Input, Output> {
  return { kind: 'query', audience: ['desk'], ...definition, input: strict(definition.input) }
}

export function defineTopic<Name extends string, Message extends z.ZodType>(
  definition: Definition<TopicContract<Name, Message>>,
): TopicContract<Name, Message> {
  return { kind: 'topic', audience: ['desk'], ...definition }
}

export type InputOf<C extends { input: z.ZodType }> = z.infer<C['input']>
export type OutputOf<C extends { output: z.ZodType }> = z.infer<C['output']>
