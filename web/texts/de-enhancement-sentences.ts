/** Was der Server zu Verbesserungswünschen sagt (siehe de-sentences.ts). */
export const deEnhancementSentences: Readonly<Record<string, string>> = {
  '{0} is merged into another ticket: that one asks.':
    '{0} ist mit einem anderen Ticket zusammengeführt: Jenes wünscht.',
  '{0} asks for {1} already.': '{0} wünscht schon {1}.',
  'Say why: everybody who asked reads this.': 'Sagen Sie, warum: Alle, die gefragt haben, lesen das.',
  'A request cannot be merged into itself.': 'Ein Wunsch lässt sich nicht mit sich selbst zusammenführen.',
  'One of the two is merged already.': 'Einer der beiden ist schon zusammengeführt.',
  'The other is a request for another product.': 'Der andere Wunsch gilt einem anderen Produkt.',
  'It is not merged.': 'Er ist nicht zusammengeführt.',
  'Accept it first: who asked is told by that.':
    'Nehmen Sie ihn zuerst an: Damit erfahren es alle, die gefragt haben.',
  '{0} has its work item already: {1}.': '{0} hat sein Work Item schon: {1}.',
  '{0} is {1}: a ticket cannot wait for it. Name other work.':
    '{0} ist „{1}“: Darauf kann kein Ticket warten. Nennen Sie andere Arbeit.',
  'It is a component of another product.': 'Das ist eine Komponente eines anderen Produkts.',
  'It is merged into another one: decide that one, or take the merge back.':
    'Er ist mit einem anderen zusammengeführt: Entscheiden Sie jenen, oder nehmen Sie das Zusammenführen zurück.',
  'It is not decided yet.': 'Es ist noch nicht entschieden.',
  'It is decided already. Take the decision back first.':
    'Es ist schon entschieden. Nehmen Sie die Entscheidung zuerst zurück.',
  'There is no such enhancement request.': 'Diesen Verbesserungswunsch gibt es nicht.',
}
