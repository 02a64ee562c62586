/** Was der Server zu Deployments sagt (siehe de-sentences.ts). */
export const deDeploymentSentences: Readonly<Record<string, string>> = {
  'Name either an environment of yours or an installation of a customer.':
    'Nennen Sie entweder eine Ihrer Umgebungen oder die Installation eines Kunden.',
  '{0} has told of {1} already, with another release.':
    '{0} hat {1} schon gemeldet, mit einem anderen Release.',
  'An address begins with https:// or http://.': 'Eine Adresse beginnt mit https:// oder http://.',
  'Name the release, or the commit that it is.': 'Nennen Sie das Release oder den Commit, der es ist.',
  'No release of this product is the commit {0}. Name the release, or tell which commit it is (causeway releases sync).':
    'Kein Release dieses Produkts ist der Commit {0}. Nennen Sie das Release, oder melden Sie, welcher Commit es ist (causeway releases sync).',
  'A secret has {0} to 500 characters and no spaces.':
    'Ein Geheimnis hat {0} bis 500 Zeichen und keine Leerzeichen.',
  'At most {0} rules.': 'Höchstens {0} Regeln.',
  'A rule names one place.': 'Eine Regel nennt einen Ort.',
  'There is no such source.': 'Dieses CI-System gibt es nicht.',
  'There is no such deployment.': 'Dieses Deployment gibt es nicht.',
  'This lies in the future: is the clock right there?':
    'Das liegt in der Zukunft: Geht die Uhr dort richtig?',
  'What has only started has no end yet.': 'Was erst begonnen hat, hat noch kein Ende.',
  'It ends before it starts.': 'Es endet, bevor es beginnt.',
  'It succeeded already: say that it is rolled back.':
    'Es ist schon gelungen: Melden Sie, dass es zurückgenommen wurde.',
  'It is rolled back: what is put there again is a new deployment.':
    'Es wurde zurückgenommen: Was wieder dorthin kommt, ist ein neues Deployment.',
}
