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
  'It is looked at again in a moment.': 'Es wird gleich noch einmal angesehen.',
  'The source is paused.': 'Das CI-System ist pausiert.',
  'A rule says that this place is of no interest.':
    'Eine Regel sagt, dass dieser Ort nicht von Interesse ist.',
  'No rule says where “{0}” is.': 'Keine Regel sagt, wo „{0}“ ist.',
  'No release is the commit {0}.': 'Kein Release ist der Commit {0}.',
  'No release is called “{0}”.': 'Kein Release heißt „{0}“.',
  'No release is called “{0}”, and none is the commit {1}.':
    'Kein Release heißt „{0}“, und keines ist der Commit {1}.',
  'the signature is missing': 'die Signatur fehlt',
  'the signature is not sha256= and 64 hex digits':
    'die Signatur ist nicht sha256= und 64 Hexadezimalziffern',
  'the signature is wrong': 'die Signatur ist falsch',
  'X-Causeway-Timestamp is missing, or not in seconds': 'X-Causeway-Timestamp fehlt oder sind keine Sekunden',
  'it was signed more than 5 minutes from now: replayed, or a wrong clock':
    'es wurde mehr als 5 Minuten von jetzt signiert: wiederholt, oder eine falsche Uhr',
  'the secret token is missing': 'das Secret-Token fehlt',
  'the secret token is wrong': 'das Secret-Token ist falsch',
  'the signature, or its time, is missing': 'die Signatur oder ihre Zeit fehlt',
  'the header Authorization: Bearer … is missing': 'der Header Authorization: Bearer … fehlt',
  'the secret is wrong': 'das Geheimnis ist falsch',
  'its secret does not open with this key file: renew the secret':
    'sein Geheimnis lässt sich mit dieser Schlüsseldatei nicht öffnen: Erneuern Sie das Geheimnis',
  'the body is {0}': 'der Inhalt ist {0}',
  'the body is not a JSON object': 'der Inhalt ist kein JSON-Objekt',
  '“environment” is missing': '„environment“ fehlt',
  '“state” is none of started, succeeded, failed, rolled back':
    '„state“ ist keines von started, succeeded, failed, rolled back',
  '“release”, “ref” or “commit” must say what it is': '„release“, „ref“ oder „commit“ muss sagen, was es ist',
  '“{0}” is not a moment like 2026-03-02T09:00:00Z': '„{0}“ ist kein Zeitpunkt wie 2026-03-02T09:00:00Z',
  'GitHub tries whether we answer': 'GitHub probiert, ob wir antworten',
  '“{0}” is not a deployment status: choose “Deployment statuses” alone':
    '„{0}“ ist kein Deployment-Status: Wählen Sie nur „Deployment statuses“',
  'the state {0} says nothing of what runs there': 'der Stand {0} sagt nicht, was dort läuft',
  'the status {0} says nothing of what runs there': 'der Status {0} sagt nicht, was dort läuft',
  'it names no environment or no deployment': 'es nennt keine Umgebung oder kein Deployment',
  'no job of the pipeline deployed anything': 'kein Job der Pipeline hat etwas ausgeliefert',
  '“{0}” is neither a deployment nor a pipeline: choose “Deployment events”':
    '„{0}“ ist weder ein Deployment noch eine Pipeline: Wählen Sie „Deployment events“',
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
