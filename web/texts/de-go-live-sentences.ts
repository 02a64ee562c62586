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
  // going live
  'A role is a name of 1 to {0} characters.': 'Eine Rolle ist ein Name von 1 bis {0} Zeichen.',
  'Each role signs once.': 'Jede Rolle unterschreibt einmal.',
  '{0} roles sign at most.': 'Höchstens {0} Rollen unterschreiben.',
  'It is out or withdrawn: there is nothing left to decide.':
    'Es ist draußen oder zurückgezogen: Zu entscheiden gibt es nichts mehr.',
  'It is out or withdrawn: there is nothing left to sign.':
    'Es ist draußen oder zurückgezogen: Zu unterschreiben gibt es nichts mehr.',
  'Say why it does not go live.': 'Sagen Sie, warum es nicht ausgerollt wird.',
  'Not everything is met and signed. Say why it goes live all the same.':
    'Nicht alles ist erfüllt und unterschrieben. Sagen Sie, warum es trotzdem ausgerollt wird.',
  'It was decided that it does not go live. Say why it comes out all the same.':
    'Entschieden ist, dass es nicht ausgerollt wird. Sagen Sie, warum es trotzdem herauskommt.',
  'Nobody said go. Say why it comes out all the same.':
    'Niemand hat es freigegeben. Sagen Sie, warum es trotzdem herauskommt.',
  'Nobody signs as “{0}” here.': 'Als „{0}“ unterschreibt hier niemand.',
  '{0} has signed already.': '{0} hat schon unterschrieben.',
  'You signed as {0}. One person signs for one role.':
    'Sie haben als {0} unterschrieben. Ein Mensch unterschreibt für eine Rolle.',
  'Nobody has signed for this role.': 'Für diese Rolle hat niemand unterschrieben.',
  'Only support signs for support. Ask somebody there.':
    'Für den Support unterschreibt nur der Support. Fragen Sie jemanden dort.',
  'This is somebody else’s signature. Ask them, or a lead.':
    'Das ist die Unterschrift von jemand anderem. Fragen Sie dort oder eine Teamleitung.',
  'A person signs, and this token stands for nobody.':
    'Es unterschreibt ein Mensch, und dieses Token steht für niemanden.',
  'The hours end before they begin, or go too far.':
    'Die Stunden enden, bevor sie beginnen, oder gehen zu weit.',
  'A rota has at most {0} entries.': 'Eine Rufbereitschaft hat höchstens {0} Einträge.',
  '{0} follow a release at most.': 'Einem Release folgen höchstens {0}.',
  'They follow it already.': 'Sie folgen ihm schon.',
  'Somebody did this already.': 'Das hat schon jemand getan.',
  // acceptance
  'A release has at most {0} cases.': 'Ein Release hat höchstens {0} Fälle.',
  'The case is there already.': 'Der Fall ist schon da.',
  'The case was removed. Bring it back first.': 'Der Fall ist entfernt. Holen Sie ihn zuerst zurück.',
  'Say what went wrong, or name the defect.': 'Sagen Sie, was schiefging, oder nennen Sie den Fehler.',
}
