/** Was der Server zu Änderungen und Sperren sagt (siehe de-sentences.ts). */
export const deChangeSentences: Readonly<Record<string, string>> = {
  'Write first how it is implemented.': 'Zuerst aufschreiben, wie sie umgesetzt wird.',
  'Write first how it is tested.': 'Zuerst aufschreiben, wie sie getestet wird.',
  'Write first how it is backed out.': 'Zuerst aufschreiben, wie sie zurückgenommen wird.',
  'Plan a window first: from when to when it is carried out.':
    'Zuerst ein Zeitfenster planen: von wann bis wann sie umgesetzt wird.',
  'The window is past. Plan another.': 'Das Zeitfenster ist vorbei. Ein anderes planen.',
  'The window lies in a freeze: {0}. Plan another, or ask the change manager for an exception.':
    'Das Zeitfenster liegt in einer Änderungssperre: {0}. Ein anderes planen oder das Change-Management um eine Ausnahme bitten.',
  'Its keys are not given. Say why it begins without them: they are then owed.':
    'Die Freigaben fehlen. Sagen Sie, warum sie ohne beginnt: sie sind dann nachzuholen.',
  'Say what was learnt, in a sentence.': 'Sagen Sie in einem Satz, was daraus zu lernen ist.',
  'Keys of it are still owed. They are given or refused before it is closed.':
    'Es fehlen noch Freigaben. Sie werden gegeben oder verweigert, bevor sie abgeschlossen wird.',
  'This is no address: begin it with https://.': 'Das ist keine Adresse: sie beginnt mit https://.',
  'At most {0} of them.': 'Höchstens {0} davon.',
  'A work item cannot be brought and displaced by one change.':
    'Eine Änderung kann ein Arbeitspaket nicht zugleich bringen und verdrängen.',
  'Give a whole number, from {0} to {1}.': 'Eine ganze Zahl von {0} bis {1} angeben.',
  'The working hours end before they begin.': 'Die Arbeitszeit endet, bevor sie beginnt.',
  'At most {0} rules.': 'Höchstens {0} Regeln.',
  'At most {0} people hold a key.': 'Höchstens {0} Menschen können eine Freigabe geben.',
  'A key is given by a person: this token stands for nobody.':
    'Freigaben geben Menschen: dieses Token steht für niemanden.',
  'Say why, in a sentence.': 'Sagen Sie in einem Satz, warum.',
  'This key is not asked for. Read the change again.':
    'Nach dieser Freigabe wird nicht gefragt. Laden Sie die Änderung neu.',
  'The model is approved already.': 'Die Vorlage ist schon freigegeben.',
  'A model is approved by the change manager.': 'Vorlagen gibt das Change-Management frei.',
  'Nobody approves their own change: somebody else has to look at it.':
    'Niemand gibt die eigene Änderung frei: jemand anderes muss sie ansehen.',
  'A model says how to implement, test and back out.':
    'Eine Vorlage sagt, wie umgesetzt, getestet und zurückgenommen wird.',
  'Name the planned work it displaces; an empty list says that there is none.':
    'Welche geplante Arbeit verdrängt sie? Eine leere Liste sagt: keine.',
  'Only a standard change is made from a model.': 'Nur eine Standardänderung entsteht aus einer Vorlage.',
  'A standard change is made from a model that was approved.':
    'Eine Standardänderung entsteht aus einer freigegebenen Vorlage.',
  'The model is not approved: its change manager gives one key for it.':
    'Die Vorlage ist nicht freigegeben: das Change-Management gibt sie einmal frei.',
  'This model is for another product.': 'Diese Vorlage gilt für ein anderes Produkt.',
  'The freeze ends before it begins.': 'Die Sperre endet, bevor sie beginnt.',
  'The freeze would be over already.': 'Die Sperre wäre schon vorbei.',
  'A freeze is for {0} days at most.': 'Eine Sperre gilt für höchstens {0} Tage.',
  'Only an incident has a cause: this ticket is of another kind.':
    'Nur eine Störung hat eine Ursache: dieses Ticket ist von anderer Art.',
  'An impact begins when it is felt, not later than now.':
    'Eine Auswirkung beginnt, wenn man sie spürt, nicht später als jetzt.',
  'A flip is told of once it happened.': 'Ein Umlegen wird gemeldet, wenn es geschehen ist.',
  'Name one of change, release and person.': 'Eines von Änderung, Release und Person nennen.',
  'There is no such person.': 'Diese Person gibt es nicht.',
  'The freeze was lifted.': 'Die Sperre wurde aufgehoben.',
  'The freeze is over.': 'Die Sperre ist vorbei.',
  'The change is {0}: what it is about stays. Open another for more.':
    'Die Änderung ist „{0}“: ihr Inhalt bleibt. Für mehr eine weitere eröffnen.',
  'A standard change keeps the plans of its model. Open a normal one for others.':
    'Eine Standardänderung behält die Pläne ihrer Vorlage. Für andere eine normale eröffnen.',
  'This key was given already.': 'Diese Freigabe ist schon gegeben.',
  'This key is not yours to give. The change shows who holds it.':
    'Diese Freigabe können Sie nicht geben. Die Änderung zeigt, wer es kann.',
  'You gave a key of this change already: two keys are two people.':
    'Sie haben diese Änderung schon einmal freigegeben: zwei Freigaben sind zwei Menschen.',
  'There is no such change.': 'Diese Änderung gibt es nicht.',
  'The change is closed.': 'Die Änderung ist abgeschlossen.',
  'The change was rejected. Revise it to ask again.':
    'Die Änderung wurde abgelehnt. Nehmen Sie sie wieder auf, um neu zu fragen.',
  'The change was cancelled. Revise it to go on.':
    'Die Änderung wurde abgesagt. Nehmen Sie sie wieder auf, um weiterzumachen.',
  'The change is {0}: it begins when it is scheduled.':
    'Die Änderung ist „{0}“: sie beginnt erst, wenn sie geplant ist.',
  'The change is {0}: it was not begun.': 'Die Änderung ist „{0}“: sie wurde nicht begonnen.',
  'The change is {0}: it is reviewed before it is closed.':
    'Die Änderung ist „{0}“: vor dem Abschluss kommt der Rückblick.',
  'The change is {0}: no key is asked for.': 'Die Änderung ist „{0}“: nach Freigaben wird nicht gefragt.',
  'The change is {0}: it has begun. Finish it, and open another.':
    'Die Änderung ist „{0}“: sie hat begonnen. Sagen Sie, wie sie ausging, und eröffnen Sie eine weitere.',
  'The change is {0}: that was done already.': 'Die Änderung ist „{0}“: das ist schon geschehen.',
  'The gate is shut: the change is {0}.': 'Das Tor ist zu: die Änderung ist „{0}“.',
  'No approved change covers this now.': 'Keine freigegebene Änderung deckt dies jetzt ab.',
  '{0} is a change of another product.': '{0} ist eine Änderung eines anderen Produkts.',
  'It waits for the key of: {0}.': 'Es fehlen noch Freigaben.',
  'The gate is shut: no window is planned.': 'Das Tor ist zu: kein Zeitfenster ist geplant.',
  'The gate is shut: its window opens {0}.': 'Das Tor ist zu: das Zeitfenster öffnet {0}.',
  'The gate is shut: its window closed {0}. Plan another.':
    'Das Tor ist zu: das Zeitfenster endete {0}. Ein anderes planen.',
  'The gate is shut: frozen until {0} ({1}).': 'Das Tor ist zu: Änderungssperre bis {0} ({1}).',
}
