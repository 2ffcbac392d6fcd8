import * as z from 'zod'

/**
 * The same schema, refusing what it does not name, at every depth: a misspelt key is told, not dropped. Types stay as
 * they are.
 */
export const strict = <Type extends z.ZodType>(type: Type): Type => tighten(type) as unknown as Type

function tighten(type: z.core.$ZodType): z.core.$ZodType {
  const { def } = (type as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([key, value]) => [key, tighten(value)]))
      return z.core.clone(type, { ...def, shape, catchall: def.catchall ?? z.never() } as typeof def)
    }
    case 'array':
      return z.core.clone(type, { ...def, element: tighten(def.element) } as typeof def)
    case 'record':
      return z.core.clone(type, { ...def, valueType: tighten(def.valueType) } as typeof def)
    case 'union':
      return z.core.clone(type, { ...def, options: def.options.map(tighten) } as typeof def)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return z.core.clone(type, { ...def, innerType: tighten(def.innerType) } as typeof def)
    case 'pipe':
      return z.core.clone(type, { ...def, in: tighten(def.in), out: tighten(def.out) } as typeof def)
    default:
      return type
  }
}
