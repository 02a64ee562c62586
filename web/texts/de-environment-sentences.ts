/** Was der Server zu Umgebungen und Buchungen sagt (siehe de-sentences.ts). */
export const deEnvironmentSentences: Readonly<Record<string, string>> = {
  '{0} was archived.': '{0} ist archiviert.',
  'The environment is archived. Bring it back first.':
    'Die Umgebung ist archiviert. Holen Sie sie zuerst zurück.',
  'This environment is not shared: one has it at a time.':
    'Diese Umgebung wird nicht geteilt: immer nur einer hat sie.',
  'It has {0} bookings to come, and takes no more.':
    'Für sie stehen schon {0} Buchungen bevor; mehr nimmt sie nicht.',
  'The booking was cancelled.': 'Die Buchung wurde abgesagt.',
  'The booking is over.': 'Die Buchung ist vorbei.',
  '{0} has booked it for “{1}”. Cancel that first.':
    '{0} hat sie für „{1}“ gebucht. Das muss zuerst abgesagt werden.',
  '{0} and {1} share it. Cancel one of the two first.':
    '{0} und {1} teilen sie sich. Eine der beiden Buchungen muss zuerst abgesagt werden.',
  'This is not a time.': 'Das ist keine Zeit.',
  'Give a time in whole minutes.': 'Die Zeit in ganzen Minuten angeben.',
  'The booking ends before it begins.': 'Die Buchung endet, bevor sie beginnt.',
  'A booking is for {0} days at most.': 'Eine Buchung gilt für höchstens {0} Tage.',
  'The booking runs: it can end at another time, but not begin anew.':
    'Die Buchung läuft: sie kann zu einer anderen Zeit enden, aber nicht neu beginnen.',
  'What is past cannot be booked.': 'Was vorbei ist, kann man nicht buchen.',
  'Say for whom: this token stands for nobody.': 'Für wen? Dieses Token steht für niemanden.',
  'You book for yourself only. A lead books for others.':
    'Sie buchen nur für sich selbst. Für andere bucht eine Teamleitung.',
  'This is somebody else’s booking. Ask them, or a lead.':
    'Das ist die Buchung von jemand anderem. Fragen Sie dort oder eine Teamleitung.',
  'There is no such environment.': 'Diese Umgebung gibt es nicht.',
  // the calendar
  'The time ends before it begins.': 'Die Zeit endet, bevor sie beginnt.',
  'Ask for {0} days at most.': 'Höchstens {0} Tage auf einmal.',
  'There is no such calendar. Make a new address.':
    'Diesen Kalender gibt es nicht. Holen Sie sich eine neue Adresse.',
  'A calendar is a person’s, and this token stands for nobody.':
    'Ein Kalender gehört einem Menschen, und dieses Token steht für niemanden.',
  'You have no address of the calendar.': 'Sie haben keine Adresse des Kalenders.',
}
