import type { enRelease } from './en-release.ts'

export const deRelease: typeof enRelease = {
  title: 'Release',
  tabs: {
    plan: 'Plan',
    contents: 'Was drin ist',
    waiting: 'Wer wartet',
    installations: 'Wer es hat',
  },
  forecast: {
    title: 'Wie gemessen',
    days: (range, percent) => `${range}, der letzte Tag zu ${percent} %`,
    about: (left, weeks) =>
      `${left === 1 ? '1 Arbeitspaket ist' : `${left} Arbeitspakete sind`} offen, im Tempo der letzten ${weeks} Wochen, wenn die Leute des Produkts an nichts anderem zuerst arbeiten.`,
    take: 'Als Schätzung übernehmen',
    taken: 'Schätzung notiert.',
    'not enough history':
      'In den letzten Wochen wurde zu wenig fertig, um etwas zu sagen: mindestens 10 Arbeitspakete in 6 Wochen.',
    'nothing left': 'Nichts, was dafür geplant ist, ist offen.',
    'too far': 'Im Tempo der letzten Wochen dauert es länger als zwei Jahre.',
    pace: 'Fertig, Woche für Woche',
    cycle: 'Vom Beginn bis fertig',
    cycleDays: (median, p85) => `${median} Tage (Median), ${p85} Tage (85 %)`,
    promises: 'Frühere Zusagen',
    held: (held, all) => `${held} von ${all} kamen an ihrem Tag oder früher`,
    slip: (days) =>
      days === 0
        ? 'in der Mitte auf den Tag'
        : days > 0
          ? `in der Mitte ${days} Tage später`
          : `in der Mitte ${-days} Tage früher`,
    noPromises: 'Kein Release des Produkts war geschätzt, bevor es herauskam.',
    none: 'Unbekannt',
  },
  installations: {
    about: 'Jede Installation des Produkts, und ob das, was dort läuft, dieses Release hat.',
    since: 'seit',
    getsIt:
      'Wer es noch nicht hat, bekommt es, wenn es dort aufgespielt wird; worauf jemand wartet, steht bei „Wer wartet“.',
    when: 'Wann es aufgespielt wird',
    noChange: 'Noch keine Änderung nennt es. Eine solche sagt, wann, und wer es erlaubt hat.',
  },
}
