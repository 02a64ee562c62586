/** Was der Server zum Ausrollen eines Releases sagt (siehe de-sentences.ts). */
export const deGoLiveSentences: Readonly<Record<string, string>> = {
  // notes
  'Write what users will notice first.': 'Erst schreiben, was man davon merkt.',
  'Write what support says to who asks first.': 'Erst schreiben, was der Support auf Nachfragen sagt.',
  'Write the workaround first; “There is none” is one too.':
    'Erst den Workaround schreiben; auch „Es gibt keinen“ ist einer.',
  'The note is there already.': 'Der Hinweis ist schon da.',
  'The note was removed. Bring it back first.': 'Der Hinweis ist entfernt. Holen Sie ihn zuerst zurück.',
  'The note is a draft already.': 'Der Hinweis ist schon ein Entwurf.',
  'The note is approved already.': 'Der Hinweis ist schon freigegeben.',
  'The note is proposed already.': 'Der Hinweis ist schon vorgelegt.',
  'Each of these has a note already, or is not in this release.':
    'Zu jedem davon gibt es schon einen Hinweis, oder es gehört nicht zu diesem Release.',
  '{0} has a note in this release already. Change that one.':
    'Zu {0} gibt es in diesem Release schon einen Hinweis. Ändern Sie den.',
  '{0} is a component of another product.': '{0} ist eine Komponente eines anderen Produkts.',
  '{0} is work on another product.': '{0} ist Arbeit an einem anderen Produkt.',
}
