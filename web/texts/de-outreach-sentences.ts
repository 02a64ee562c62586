/** Was der Server zu Nachrichten über Releases sagt (siehe de-sentences.ts). */
export const deOutreachSentences: Readonly<Record<string, string>> = {
  'Between {0} and {1} whole minutes.': 'Zwischen {0} und {1} ganzen Minuten.',
  'It is {0} already.': 'Darüber ist schon entschieden.',
  'There is no such message.': 'Diese Nachricht gibt es nicht.',
  'It was changed since you read it. Read it again.':
    'Sie wurde geändert, seit Sie sie gelesen haben. Lesen Sie sie noch einmal.',
  'It is {0}: there is nothing to take back.': 'Sie wurde nicht verworfen: Es gibt nichts zurückzunehmen.',
  'It is {0} already: its words stay as they are.':
    'Darüber ist schon entschieden: Die Worte bleiben, wie sie sind.',
  'A message needs some words.': 'Eine Nachricht braucht Worte.',
  'At most {0} characters.': 'Höchstens {0} Zeichen.',
  'There is nothing to put in the place of {{0}}.': 'Für {{0}} gibt es nichts einzusetzen.',
  'Put {requests} where the customer’s tickets are to stand: a message names them.':
    'Setzen Sie {requests} dorthin, wo die Tickets des Kunden stehen sollen: Eine Nachricht nennt sie.',
}
