/**
 * Was die Formulare der Werkzeuge sagen, auf Deutsch: links der Satz, wie er in der Beschreibung der Einstellungen eines
 * Konnektors steht. Ein Test verlangt hier jeden davon.
 */
export const deConnectorSettings: Readonly<Record<string, string>> = {
  'Request Tracker': 'Request Tracker',
  Redmine: 'Redmine',
  'Any tool with a JSON API': 'Ein Werkzeug mit JSON-API',
  Address: 'Adresse',
  Account: 'Konto',
  Queues: 'Queues',
  Projects: 'Projekte',
  'Marker field': 'Feld für unseren Schlüssel',
  'Webhook secret': 'Geheimnis der Webhooks',
  'Authentication token': 'Token zur Anmeldung',
  'API key': 'API-Schlüssel',
  'Message format': 'Format der Nachrichten',
  'Text format': 'Textformat',
  'Largest attachment (bytes)': 'Größter Anhang (Bytes)',
  'Largest attachment, MB': 'Größter Anhang, MB',
  'Calls per second': 'Aufrufe je Sekunde',
  'Ids of custom fields': 'Nummern eigener Felder',
  Declaration: 'Beschreibung',
  Secret: 'Geheimnis',
  Instance: 'Instanz',
  Token: 'Token',
  'Where people open Request Tracker, e.g. https://rt.example.org (without /REST/2.0).':
    'Wo man Request Tracker öffnet, etwa https://rt.example.org (ohne /REST/2.0).',
  'Of an account made for Causeway: Logged in as → Settings → Auth Tokens. Starts with "1-".':
    'Eines Kontos, das für Causeway angelegt wurde: Logged in as → Settings → Auth Tokens. Fängt mit „1-“ an.',
  'Names of the queues to look at. Empty: every queue the account may see.':
    'Namen der Queues, die angesehen werden. Leer: alle, die das Konto sehen darf.',
  'Custom field (Enter one value) on these queues that holds the key of the record in Causeway.':
    'Eigenes Feld (Enter one value) dieser Queues, das den Schlüssel des Eintrags in Causeway hält.',
  'Login of the account the token belongs to. Empty: found out from the token.':
    'Anmeldename des Kontos, dem das Token gehört. Leer: wird am Token abgelesen.',
  'The same as in the scrip. Empty: webhooks are refused, changes are found by polling.':
    'Dasselbe wie im Scrip. Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  'How messages are read and written: plain text, or HTML (needs $MessageBoxRichText in RT).':
    'Wie Nachrichten gelesen und geschrieben werden: als reiner Text oder HTML (braucht $MessageBoxRichText in RT).',
  'RT shows its own limit ($MaxAttachmentSize, 10 MB unless changed) to nobody over REST.':
    'Seine eigene Grenze ($MaxAttachmentSize, 10 MB, wenn nicht geändert) verrät RT über REST niemandem.',
  'At most, from one Causeway. Checking a token costs RT 250 to 600 ms of CPU in every call unless its $BcryptCost was lowered: raise this only then.':
    'Höchstens, von einem Causeway. Ein Token zu prüfen kostet RT bei jedem Aufruf 250 bis 600 ms CPU, solange $BcryptCost nicht gesenkt wurde: nur dann erhöhen.',
  'Where Redmine answers, with the path it is installed under: https://redmine.example.com/tracker':
    'Wo Redmine antwortet, mit dem Pfad, unter dem es liegt: https://redmine.example.com/tracker',
  'Of the account Causeway works under: "My account", then "API access key". The REST API must be on.':
    'Des Kontos, unter dem Causeway arbeitet: „Mein Konto“, dann „API-Zugriffsschlüssel“. Die REST-API muss eingeschaltet sein.',
  'Identifiers (as in the address of a project) of the projects to follow.':
    'Kennungen (wie in der Adresse eines Projekts) der Projekte, denen gefolgt wird.',
  'Name of a custom field of format Text, for all followed projects and trackers, "used as a filter". Causeway writes the key of its own record into it.':
    'Name eines benutzerdefinierten Felds vom Format Text, für alle diese Projekte und Tracker, „als Filter benutzt“. Causeway schreibt den Schlüssel seines Eintrags hinein.',
  'As in Administration, Settings, General. Redmine does not tell it over its API.':
    'Wie unter Administration, Konfiguration, Allgemein. Über die API sagt Redmine es nicht.',
  "As in Administration, Settings, Files. Redmine's own default is 5.":
    'Wie unter Administration, Konfiguration, Dateien. Redmine selbst nimmt 5 an.',
  'At most, from one Causeway. A list of 100 issues keeps one process of Redmine busy for a second.':
    'Höchstens, von einem Causeway. Eine Liste von 100 Tickets beschäftigt einen Prozess von Redmine eine Sekunde lang.',
  'Only needed while the followed projects hold no issue at all and the account is no administrator: then Redmine does not tell the ids of its custom fields.':
    'Nur nötig, solange diese Projekte kein einziges Ticket enthalten und das Konto kein Administrator ist: dann verrät Redmine die Nummern seiner Felder nicht.',
  "How the tool's API works, as YAML or JSON. See the connector's README.":
    'Wie die API des Werkzeugs geht, als YAML oder JSON. Siehe README des Konnektors.',
  'The token, key or password the declaration\'s "auth" speaks of.':
    'Token, Schlüssel oder Passwort, von dem „auth“ in der Beschreibung spricht.',
  'What the tool signs its webhooks with.': 'Womit das Werkzeug seine Webhooks unterschreibt.',
  'Name of a simulated tool in this process. Leave empty to use an address.':
    'Name eines simulierten Werkzeugs in diesem Prozess. Leer lassen, um eine Adresse anzugeben.',
  'Address of a simulated tool that is served over HTTP.':
    'Adresse eines simulierten Werkzeugs, das über HTTP bedient wird.',
  'What the served tool asks for, if anything.': 'Was es verlangt, falls überhaupt etwas.',
  'Signs the webhooks of a served tool.': 'Unterschreibt dessen Webhooks.',
}
