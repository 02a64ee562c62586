/**
 * The session's cookie. `HttpOnly`: no script reads it; `SameSite=Lax`: other sites send it with links only; over TLS
 * with the `__Host-` prefix, so that no neighbour under the same domain can set it (RFC 6265bis).
 */
export interface SessionCookie {
  readonly name: string
  /** Sent over TLS only. */
  readonly isSecure: boolean
  set(token: string, expiresAt: Date, now: Date): string
  clear(): string
  read(header: string | undefined): string | null
}

export const sessionCookie = (isSecure: boolean): SessionCookie => {
  const name = isSecure ? '__Host-causeway' : 'causeway'
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
  return {
    name,
    isSecure,
    set: (token, expiresAt, now) =>
      `${name}=${token}; Max-Age=${Math.floor((expiresAt.getTime() - now.getTime()) / 1000)}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
    read: (header) => {
      const value = readCookie(header, name)
      return value !== null && /^[\w-]{1,100}$/.test(value) ? value : null
    },
  }
}

/** The value of a cookie as the browser sent it. */
export const readCookie = (header: string | undefined, name: string): string | null => {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}
