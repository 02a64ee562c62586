import Format from 'typebox/format'

const FIRST_YEAR = '0001'

/** Days and moments that the calendar has, and a database can keep: no leap seconds, no year 0, none past 9999. */
export const knowMoments = (): void => {
  Format.Set('date', (text) => Format.IsDate(text) && text >= FIRST_YEAR)
  Format.Set('date-time', (text) => {
    const at = new Date(Format.IsDateTime(text) ? text : Number.NaN)
    return !Number.isNaN(at.getTime()) && at >= new Date(`${FIRST_YEAR}-01-01`) && at.getUTCFullYear() <= 9999
  })
}
