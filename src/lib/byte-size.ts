const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const

/** A number of bytes for people, never shown as nothing: `1 byte`, `612 bytes`, `3.4 KiB`, `1.2 GiB`. */
export const byteSize = (bytes: number): string => {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  let size = bytes / 1024
  let unit = 0
  // 1023.96 would be written as 1024.0
  while (size >= 1023.95 && unit < UNITS.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${size.toFixed(1)} ${UNITS[unit]}`
}
