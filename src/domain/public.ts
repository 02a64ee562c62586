/**
 * Words and values are marked by whom they are for, so that the compiler keeps apart what must not meet. What
 * customers are shown takes `Public` only, and there is one way to make that: `publish`, which does not take what is
 * marked `Internal`, however deep inside it lies. Only the portal and the letters may call it (test/architecture).
 */
declare const audience: unique symbol
export type Internal<T> = T & { readonly [audience]?: 'internal' }
export type Public<T> = T & { readonly [audience]: 'public' }

/** The same value where all of it may be told; what is internal becomes impossible. */
export type Publishable<T> = typeof audience extends keyof T
  ? T extends { readonly [audience]: 'public' }
    ? T
    : never
  : T extends string | number | boolean | null | undefined | Date
    ? T
    : T extends readonly (infer E)[]
      ? readonly Publishable<E>[]
      : T extends object
        ? { readonly [K in keyof T]: Publishable<T[K]> }
        : T
