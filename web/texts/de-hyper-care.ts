import type { enHyperCare } from './en-hyper-care.ts'

export const deHyperCare: typeof enHyperCare = {
  title: 'Die Stunden danach',
  running: (hours) => `Kontakte, seit es draußen ist; beobachtet werden ${hours} Stunden.`,
  over: (hours) => `Kontakte in den ${hours} Stunden, nachdem es herauskam.`,
  none: 'Keine Kontakte, weder jetzt noch vorher.',
  off: 'Für dieses Produkt werden keine Stunden beobachtet.',
  nowhere: 'Ohne Komponente',
  contacts: (count) => (count === 1 ? '1 Kontakt' : `${count} Kontakte`),
  before: (median, before) => `${median} in denselben Stunden zuvor (${before})`,
  uplift: (ratio) => `× ${ratio}`,
  jumped: 'Stark gestiegen',
  asBefore: 'Wie zuvor',
  dismissed: (name) => `Für harmlos befunden von ${name}`,
  dismiss: 'Das ist nichts',
  dismissDone: 'Notiert.',
  reopen: 'Da ist etwas',
}
