/**
 * `attachment` with the file's name, in both spellings of RFC 6266: plain ASCII for old readers, and UTF-8. Nothing
 * of a name can end the header or leave the quotes.
 */
export const contentDisposition = (name: string): string => {
  const ascii = name.replace(/[^\w .()+-]/g, '_').slice(0, 150)
  const encoded = encodeURIComponent(name.toWellFormed().slice(0, 255)).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
