import type { enUndo } from './en-undo.ts'

export const deUndo: typeof enUndo = {
  title: 'Übergegangenes zurücknehmen',
  which: 'Das Werkzeug bekommt seinen Wert von vorher zurück. Und hier?',
  there: 'Nur dort zurücksetzen',
  thereAbout:
    'Hier ändert sich nichts. Die beiden Seiten unterscheiden sich dann, und ein Konflikt fragt, welche gilt.',
  both: 'Auf beiden Seiten zurücksetzen',
  bothAbout: 'Der Wert von vorher gilt auch hier, sobald das Werkzeug ihn zeigt.',
  hereAbout:
    'Was hier gesetzt wurde, bekommt seinen Wert von vorher. Dort ändert sich nichts: die beiden Seiten unterscheiden sich dann, und ein Konflikt fragt, welche gilt.',
  stays: (value) => `${value} (bleibt)`,
  becomes: (now, then) => `${now} → ${then}`,
  follows: (now) => `${now} → wie dort`,
  asks: 'Die Seiten unterscheiden sich dann: ein Konflikt fragt.',
  agrees: 'Beide Seiten sind sich dann einig.',
  kept: (field, because) => `${field} bleibt, wie es ist: ${because}`,
  keptBecause: {
    'changed-since': 'es wurde seitdem geändert.',
    'is-status': 'ein Status wird nie zurückgesetzt.',
    'not-mapped': 'die Zuordnung trägt es nicht mehr.',
  },
  send: 'Zurücknehmen',
  doneAsks: 'Zurückgenommen. Wo die Seiten sich jetzt unterscheiden, fragt ein Konflikt, welche gilt.',
  doneBoth: 'Zurückgenommen. Gleich zeigen es beide Seiten.',
}
