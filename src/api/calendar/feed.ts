import type { CalendarEvent } from '../../domain/icalendar.ts'
import type { Language } from '../../domain/settings.ts'
import type { CalendarEntry } from '../../store/views/calendar.ts'

/** The few words that a calendar program shows beside ours. */
const WORDS = {
  en: {
    title: 'Causeway',
    planned: (release: string) => `${release} expected`,
    released: (release: string) => `${release} is out`,
    sure: (percent: number) => `${percent} % sure`,
    forRelease: (release: string) => `For ${release}`,
    shared: 'Shared',
  },
  de: {
    title: 'Causeway',
    planned: (release: string) => `${release} erwartet`,
    released: (release: string) => `${release} ist da`,
    sure: (percent: number) => `zu ${percent} % sicher`,
    forRelease: (release: string) => `Für ${release}`,
    shared: 'Geteilt',
  },
} as const satisfies Readonly<Record<Language, unknown>>

export const calendarTitle = (language: Language, organisation: string | null): string =>
  organisation === null ? WORDS[language].title : `${WORDS[language].title} · ${organisation}`

/** An entry for a calendar program. Its name there lasts, so that what moves is moved and not doubled. */
export const feedEvent = (entry: CalendarEntry, language: Language, address: string): CalendarEvent => {
  const words = WORDS[language]
  const { kind, id, product, release, booking, confidence, from, to, updatedAt: changedAt } = entry
  const uid = `${kind}-${id}@causeway`
  if (booking !== null) {
    const about = [
      release === null ? null : words.forRelease(`${product.name} ${release.name}`),
      booking.isShareable ? words.shared : null,
    ].filter((line) => line !== null)
    return {
      ...{ uid, changedAt, description: about.join('\n'), location: booking.environment.name },
      summary: `${booking.environment.name}: ${booking.purpose} (${booking.person.name})`,
      url: `${address}/environments`,
      time: { moments: { from: new Date(from), to: new Date(to) } },
    }
  }
  const name = `${product.name} ${release?.name ?? ''}`.trim()
  const url = `${address}/releases/${id}`
  if (kind === 'planned')
    return {
      ...{ uid, changedAt, url, summary: words.planned(name), isTentative: true },
      ...(confidence === null ? {} : { description: words.sure(confidence) }),
      time: { days: { from, to } },
    }
  return {
    ...{ uid, changedAt, url, summary: words.released(name) },
    time: { moments: { from: new Date(from), to: new Date(to) } },
  }
}
