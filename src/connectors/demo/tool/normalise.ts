import type { ToolField, ToolValue } from '../../../sync/snapshot.ts'
import type { DemoNormalise } from './model.ts'

/** What the tool makes of a value it is given. `undefined`: it refuses the value as too long. */
export const normaliseValue = (
  rules: DemoNormalise,
  field: ToolField,
  isRich: boolean,
  value: ToolValue,
): ToolValue | undefined => {
  if (typeof value === 'number') {
    const step = rules.round?.[field]
    return step === undefined ? value : Math.round(value / step) * step
  }
  if (typeof value !== 'string') return value
  let text = isRich ? normaliseText(rules, value) : rules.trim ? value.trim() : value
  const letters = rules.recase?.[field]
  if (letters !== undefined) text = letters === 'upper' ? text.toUpperCase() : text.toLowerCase()
  const limit = rules.maxLength?.[field]
  if (limit === undefined || text.length <= limit) return text
  return rules.tooLong === 'truncate' ? text.slice(0, limit) : undefined
}

/** The same for a comment. */
export const normaliseText = (rules: DemoNormalise, text: string): string => {
  let result = rules.sanitise ? withoutTags(text) : text
  if (rules.textFormatter) result = rules.textFormatter(result)
  return rules.trim ? result.trim() : result
}

// Crude on purpose, as many tools are. Not a sanitiser to rely on.
const withoutTags = (text: string): string =>
  text.replace(/<script[\s\S]{0,10000}?<\/script>/gi, '').replace(/<\/?[a-z][^<>]{0,1000}>/gi, '')
