import type { Public, Publishable } from './public.ts'

/** Says of a value that customers may read all of it. The compiler refuses one with anything `Internal` in it. */
export const publish = <T>(value: T & Publishable<T>): Public<T> => value as unknown as Public<T>
