/**
 * The browser's own ways to write times and numbers, each made once: making one costs as much as drawing several rows,
 * and a list has two for every row.
 */
const once = <O extends object, F>(make: (locale: string, options: O) => F) => {
  const made = new Map<string, F>()
  return (locale: string, options: O): F => {
    const name = `${locale} ${JSON.stringify(options)}`
    const known = made.get(name)
    if (known !== undefined) return known
    const format = make(locale, options)
    made.set(name, format)
    return format
  }
}

export const dateFormat = once<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>(
  (locale, options) => new Intl.DateTimeFormat(locale, options),
)
export const relativeFormat = once<Intl.RelativeTimeFormatOptions, Intl.RelativeTimeFormat>(
  (locale, options) => new Intl.RelativeTimeFormat(locale, options),
)
export const numberFormat = once<Intl.NumberFormatOptions, Intl.NumberFormat>(
  (locale, options) => new Intl.NumberFormat(locale, options),
)
