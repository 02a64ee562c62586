import { enWhy } from './en-why.ts'

/** Connections to other tools, and what flows through them. */
export const enSync = {
  why: enWhy,
}
