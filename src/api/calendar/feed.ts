import type { CalendarEvent } from '../../domain/icalendar.ts'
import type { Language } from '../../domain/settings.ts'
import type { ChangeState } from '../../domain/words.ts'
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
    freeze: (products: string) => `Freeze: ${products}`,
    everything: 'all products',
    cut: 'Not everything is shown here',
    cutAbout: 'There is more on the calendar than a calendar program is given. All of it is in Causeway.',
    kinds: { standard: 'Standard change', normal: 'Change', emergency: 'Emergency change' },
  },
  de: {
    title: 'Causeway',
    planned: (release: string) => `${release} erwartet`,
    released: (release: string) => `${release} ist da`,
    sure: (percent: number) => `zu ${percent} % sicher`,
    forRelease: (release: string) => `Für ${release}`,
    shared: 'Geteilt',
    freeze: (products: string) => `Änderungssperre: ${products}`,
    everything: 'alle Produkte',
    cut: 'Hier wird nicht alles gezeigt',
    cutAbout: 'Im Kalender steht mehr, als ein Kalenderprogramm bekommt. Alles steht in Causeway.',
    kinds: { standard: 'Standardänderung', normal: 'Änderung', emergency: 'Notfalländerung' },
  },
} as const satisfies Readonly<Record<Language, unknown>>

export const calendarTitle = (language: Language, organisation: string | null): string =>
  organisation === null ? WORDS[language].title : `${WORDS[language].title} · ${organisation}`

/** Of a change: its keys are given. */
const SURE: ReadonlySet<ChangeState> = new Set(['scheduled', 'implementing', 'reviewing', 'closed'])

/** An entry for a calendar program. Its name there lasts, so that what moves is moved and not doubled. */
export const feedEvent = (entry: CalendarEntry, language: Language, address: string): CalendarEvent => {
  const words = WORDS[language]
  const { kind, id, product, release, booking, confidence, from, to, updatedAt: changedAt } = entry
  const uid = `${kind}-${id}@causeway`
  const { change, freeze } = entry
  const time = { moments: { from: new Date(from), to: new Date(to) } }
  if (change !== null)
    return {
      ...{ uid, changedAt, time, summary: `${change.key} ${change.title}` },
      description: [words.kinds[change.kind], product?.name].join(' · '),
      location: change.environments.map(({ name }) => name).join(', '),
      url: `${address}/changes/${change.key}`,
      isTentative: !SURE.has(change.state),
    }
  if (freeze !== null) {
    const products = freeze.products.map(({ name }) => name).join(', ')
    const summary = words.freeze(products === '' ? words.everything : products)
    return { ...{ uid, changedAt, time, summary }, description: freeze.reason, url: `${address}/calendar` }
  }
  if (booking !== null) {
    const about = [
      release === null ? null : words.forRelease(`${product?.name ?? ''} ${release.name}`),
      booking.isShareable ? words.shared : null,
    ].filter((line) => line !== null)
    return {
      ...{ uid, changedAt, description: about.join('\n'), location: booking.environment.name },
      summary: `${booking.environment.name}: ${booking.purpose} (${booking.person.name})`,
      url: `${address}/environments`,
      time,
    }
  }
  const name = `${product?.name ?? ''} ${release?.name ?? ''}`.trim()
  const url = `${address}/releases/${id}`
  if (kind === 'planned')
    return {
      ...{ uid, changedAt, url, summary: words.planned(name), isTentative: true },
      ...(confidence === null ? {} : { description: words.sure(confidence) }),
      time: { days: { from, to } },
    }
  return {
    ...{ uid, changedAt, url, summary: words.released(name) },
    time,
  }
}

/** Stands on the day of today where something is left out: nobody takes a gap for a free time. */
export const cutEvent = (now: Date, language: Language, address: string): CalendarEvent => {
  const today = now.toISOString().slice(0, 10)
  return {
    ...{ uid: 'cut@causeway', changedAt: now, time: { days: { from: today, to: today } } },
    ...{ summary: WORDS[language].cut, description: WORDS[language].cutAbout, url: `${address}/calendar` },
  }
}
