/**
 * Was die Formulare der Werkzeuge sagen, auf Deutsch: links der Satz, wie er in der Beschreibung der Einstellungen eines
 * Konnektors steht. Ein Test verlangt hier jeden davon.
 */
export const deConnectorSettings: Readonly<Record<string, string>> = {
  'Request Tracker': 'Request Tracker',
  Redmine: 'Redmine',
  GitHub: 'GitHub',
  'API address': 'Adresse der API',
  'https://api.github.com, or of a GitHub Enterprise Server: https://github.example.com/api/v3':
    'https://api.github.com, oder die eines GitHub Enterprise Servers: https://github.example.com/api/v3',
  Repositories: 'Repositories',
  'The repositories to follow, as owner/name.': 'Die Repositories, denen gefolgt wird, als Besitzer/Name.',
  'Access token': 'Zugangstoken',
  'A fine-grained personal access token with Issues: read and write, Metadata: read, and Webhooks: read and write. Leave it empty for a GitHub App.':
    'Ein „fine-grained personal access token“ mit Issues: read and write, Metadata: read und Webhooks: read and write. Leer lassen bei einer GitHub App.',
  'App ID': 'App ID',
  'Of a GitHub App, from its settings page. Instead of a token.':
    'Einer GitHub App, von der Seite mit ihren Einstellungen. Statt eines Tokens.',
  'Private key of the App': 'Privater Schlüssel der App',
  'The whole .pem file that GitHub gave when the key was made.':
    'Die ganze .pem-Datei, die GitHub beim Anlegen des Schlüssels gab.',
  'Installation ID': 'Installation ID',
  'Where the App is installed. Empty: the installation that holds the first repository is asked for.':
    'Wo die App installiert ist. Leer: es wird nach der Installation gefragt, zu der das erste Repository gehört.',
  'Signs the webhooks. Causeway registers them itself with it, in each repository.':
    'Unterschreibt die Webhooks. Causeway trägt sie damit selbst ein, in jedem Repository.',
  'Fields kept as labels': 'Felder, die Labels sind',
  'Field and the beginning of its labels: priority → "priority: ", status → "status: ", component → "area/". Any other name becomes a field of its own, like severity → "severity: ".':
    'Feld und Anfang seiner Labels: priority → „priority: “, status → „status: “, component → „area/“. Jeder andere Name wird ein eigenes Feld, etwa severity → „severity: “.',
  'Projects whose fields are fields of their issues: a name of yours, and owner/number as in the address of the project. With Roadmap → "acme/7", its Status is the field "Roadmap · Status".':
    'Projekte, deren Felder Felder ihrer Issues sind: ein eigener Name, und Besitzer/Nummer wie in der Adresse des Projekts. Mit Roadmap → „acme/7“ ist sein Status das Feld „Roadmap · Status“.',
  Releases: 'Releases',
  'What is taken for a release: milestones, the releases of the repository, or both.':
    'Was als Release gilt: Milestones, die Releases des Repositorys oder beide.',
  'Ask GraphQL too': 'Auch GraphQL fragen',
  'For what REST does not tell: which edit of somebody else a write replaced. Needed for a GitHub App, and for fields of projects.':
    'Für das, was REST nicht sagt: welche fremde Änderung beim Schreiben ersetzt wurde. Für eine GitHub App nötig, und für Felder von Projekten.',
  'At most, from one Causeway. GitHub allows 80 new issues and comments a minute, and 500 an hour.':
    'Höchstens, von einem Causeway. GitHub erlaubt 80 neue Issues und Kommentare in der Minute und 500 in der Stunde.',
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
  ServiceNow: 'ServiceNow',
  'Sign-in': 'Anmeldung',
  'User name': 'Benutzername',
  Password: 'Passwort',
  'Client ID': 'Client-ID',
  'Client secret': 'Client-Geheimnis',
  'Refresh token': 'Refresh-Token',
  Tables: 'Tabellen',
  Filter: 'Filter',
  Columns: 'Spalten',
  'Choices by': 'Auswahlwerte nach',
  'Language of choices': 'Sprache der Auswahlwerte',
  'Marker column': 'Spalte für unseren Schlüssel',
  'The account may read sys_audit': 'Das Konto darf sys_audit lesen',
  'Of the instance, without a path: https://example.service-now.com':
    'Der Instanz, ohne Pfad: https://example.service-now.com',
  'basic: user name and password in each call. The others get a token by OAuth at /oauth_token.do: client-credentials by client ID and secret alone, password with user name and password too, refresh-token with a refresh token.':
    'basic: Benutzername und Passwort bei jedem Aufruf. Die anderen holen ein Token über OAuth bei /oauth_token.do: client-credentials mit Client-ID und Geheimnis allein, password dazu mit Benutzername und Passwort, refresh-token mit einem Refresh-Token.',
  'Of the account Causeway works under (the column "User ID"). With client-credentials or refresh-token it may be left empty: then ServiceNow is asked.':
    'Des Kontos, unter dem Causeway arbeitet (die Spalte „User ID“). Bei client-credentials und refresh-token darf er leer bleiben: dann wird ServiceNow gefragt.',
  'Of that account; for basic and password.': 'Dieses Kontos; für basic und password.',
  'Of the entry in System OAuth, Application Registry. Not for basic.':
    'Des Eintrags unter System OAuth, Application Registry. Nicht für basic.',
  'Of the same entry.': 'Desselben Eintrags.',
  'For refresh-token only. It ends after 100 days unless the registry entry says otherwise.':
    'Nur für refresh-token. Es endet nach 100 Tagen, wenn der Eintrag nichts anderes sagt.',
  'Names of the tables to look at: incident, problem, change_request, or any other that extends Task. Each is a container.':
    'Namen der Tabellen, um die es geht: incident, problem, change_request oder jede andere, die Task erweitert. Jede ist ein Behälter.',
  'An encoded query (in a list: right-click the filter, Copy query). Only records that match are listed: company=…^active=true. Without ^NQ and ORDERBY.':
    'Eine kodierte Abfrage (in einer Liste: Rechtsklick auf den Filter, Copy query). Nur was passt, wird aufgezählt: company=…^active=true. Ohne ^NQ und ORDERBY.',
  'Columns to read and write besides the standard ones, by name: category, cmdb_ci. An own column with its kind: u_product:reference=cmdb_model, u_go_live:date, u_details:html (kinds: text, choice, number, flag, date, html, reference=table).':
    'Spalten, die außer den üblichen gelesen und geschrieben werden, mit Namen: category, cmdb_ci. Eine eigene Spalte mit ihrer Art: u_product:reference=cmdb_model, u_go_live:date, u_details:html (Arten: text, choice, number, flag, date, html, reference=Tabelle).',
  'labels: states and other choices are called by their label in one language ("In Progress"); the account must see the table sys_choice. values: by what the database holds ("2").':
    'labels: Zustände und andere Auswahlwerte heißen nach ihrer Beschriftung in einer Sprache („In Progress“); das Konto muss die Tabelle sys_choice sehen. values: nach dem, was die Datenbank enthält („2“).',
  'In which the labels are read, whatever the language of the account: en, de, fr …':
    'In der die Beschriftungen gelesen werden, gleich welche Sprache das Konto hat: en, de, fr …',
  'Text column that holds the key of the record in Causeway. Another than correlation_id only if another integration uses that.':
    'Textspalte, in der der Schlüssel des Eintrags in Causeway steht. Eine andere als correlation_id nur, wenn eine andere Anbindung diese benutzt.',
  'Then Causeway can tell which edit of a person a write has replaced, at the cost of one more call for each write.':
    'Dann kann Causeway sagen, welche Änderung eines Menschen beim Schreiben ersetzt wurde; das kostet bei jedem Schreiben einen weiteren Aufruf.',
  'The same as in the business rule. Empty: webhooks are refused, changes are found by polling.':
    'Dasselbe wie in der Geschäftsregel. Leer: Webhooks werden abgelehnt, Änderungen durch Nachfragen gefunden.',
  'As in the property com.glide.attachment.max_size, which is 1024 unless changed.':
    'Wie in der Eigenschaft com.glide.attachment.max_size; ohne Änderung 1024.',
  'At most, from one Causeway. An instance serves only a few calls of integrations at the same time.':
    'Höchstens, von einem Causeway. Eine Instanz bedient nur wenige Aufrufe von Anbindungen zugleich.',
  Zendesk: 'Zendesk',
  'E-mail address of the account': 'E-Mail-Adresse des Kontos',
  'API token': 'API-Token',
  'OAuth access token': 'OAuth-Zugangstoken',
  'OAuth client': 'OAuth-Client',
  'Secret of the OAuth client': 'Geheimnis des OAuth-Clients',
  Groups: 'Gruppen',
  'Signing secret of the webhook': 'Signaturgeheimnis des Webhooks',
  'Redact withdrawn files': 'Zurückgezogene Dateien schwärzen',
  'Where agents open Zendesk Support: https://company.zendesk.com':
    'Wo Agenten Zendesk Support öffnen: https://firma.zendesk.com',
  'Of the agent that Causeway works under. Only with an API token.':
    'Des Agenten, unter dem Causeway arbeitet. Nur zusammen mit einem API-Token.',
  'From Admin Center, Apps and integrations, APIs. Or give one of the two OAuth ways below.':
    'Aus dem Admin Center, Apps und Integrationen, APIs. Oder einen der beiden OAuth-Wege darunter nehmen.',
  'With the scopes read and write, of the account that Causeway works under.':
    'Mit den Bereichen read und write, des Kontos, unter dem Causeway arbeitet.',
  'Identifier of a confidential OAuth client: Causeway gets its tokens by its credentials.':
    'Kennung eines vertraulichen OAuth-Clients: mit dessen Zugangsdaten holt sich Causeway seine Token.',
  'Shown once, when the client is made.': 'Wird nur einmal gezeigt, wenn der Client angelegt wird.',
  'Names of the groups whose tickets are followed. Empty: every ticket the account may see.':
    'Namen der Gruppen, deren Tickets gefolgt wird. Leer: jedem Ticket, das das Konto sehen darf.',
  'Zendesk makes it with the webhook: Admin Center, Apps and integrations, Webhooks, the one named Causeway, Reveal secret.':
    'Zendesk erzeugt es mit dem Webhook: Admin Center, Apps und Integrationen, Webhooks, der namens Causeway, Geheimnis anzeigen.',
  'A file of ours that is withdrawn elsewhere is redacted in Zendesk, for ever. Otherwise it stays there.':
    'Eine Datei von uns, die anderswo zurückgezogen wird, wird in Zendesk geschwärzt, für immer. Sonst bleibt sie dort.',
  'Zendesk takes 50.': 'Zendesk nimmt 50 an.',
  'At most, from one Causeway. Plans allow 200 to 2,500 a minute for everybody together.':
    'Höchstens, von einem Causeway. Die Tarife erlauben 200 bis 2.500 in der Minute, für alle zusammen.',
  Jira: 'Jira',
  'Kind of Jira': 'Art des Jira',
  'cloud: at *.atlassian.net. data-center: a Jira of your own, version 9.4 or later.':
    'cloud: unter *.atlassian.net. data-center: ein eigenes Jira ab Version 9.4.',
  'Where people open Jira: https://example.atlassian.net, or your own address with its path.':
    'Wo man Jira öffnet: https://example.atlassian.net oder die eigene Adresse mit Pfad.',
  'E-mail address': 'E-Mail-Adresse',
  'Cloud with an API token: the address of the account that the token belongs to.':
    'Cloud mit API-Token: die Adresse des Kontos, dem das Token gehört.',
  'Cloud: an API token of that account. Data Center: a personal access token. Empty with a service account that signs in by OAuth.':
    'Cloud: ein API-Token dieses Kontos. Data Center: ein persönliches Zugriffstoken. Leer bei einem Dienstkonto, das sich über OAuth anmeldet.',
  'Cloud id': 'Cloud-Kennung',
  'Needed for OAuth and for API tokens with scopes: the id that https://example.atlassian.net/_edge/tenant_info shows.':
    'Nötig für OAuth und für API-Token mit Bereichen: die Kennung, die https://example.atlassian.net/_edge/tenant_info zeigt.',
  'Client id': 'Client-ID',
  'Of the OAuth 2.0 credential of a service account.': 'Der OAuth-2.0-Anmeldung eines Dienstkontos.',
  'Of the same credential. It also signs the webhooks that Jira sends to an OAuth app.':
    'Derselben Anmeldung. Es unterschreibt auch die Webhooks, die Jira an eine OAuth-App schickt.',
  'Keys of the projects to follow, as in ABC-123.':
    'Schlüssel der Projekte, denen gefolgt wird, wie in ABC-123.',
  'As in Jira under System, Attachments. Jira’s own default is 10.':
    'Wie in Jira unter System, Anhänge. Jira selbst nimmt 10 an.',
  'Signs the webhooks (X-Hub-Signature). Empty: webhooks are refused, changes are found by polling.':
    'Unterschreibt die Webhooks (X-Hub-Signature). Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  'At most, where Jira itself says nothing.': 'Höchstens, wo Jira selbst nichts sagt.',
  'Type of new issues': 'Typ neuer Vorgänge',
  'Where the mapping gives none.': 'Wo die Zuordnung keinen nennt.',
  'Role that reads internal comments': 'Rolle, die interne Kommentare liest',
  'Internal comments are restricted to this project role, which the account must hold. Empty, and no group: internal comments are held.':
    'Interne Kommentare werden auf diese Projektrolle beschränkt, die das Konto selbst haben muss. Leer, und keine Gruppe: interne Kommentare werden zurückgehalten.',
  'Group that reads internal comments': 'Gruppe, die interne Kommentare liest',
  'Instead of a role.': 'Statt einer Rolle.',
  'Causeway of another company': 'Causeway eines anderen Unternehmens',
  'Where the other company opens its Causeway, e.g. https://support.beta.example.':
    'Wo das andere Unternehmen sein Causeway öffnet, etwa https://support.beta.example.',
  'They make it under Connections → Partners and hand it over. It opens what they share with you.':
    'Sie erzeugen es unter Verbindungen → Partner und geben es weiter. Es öffnet, was sie mit Ihnen teilen.',
  'Make one up, of 16 characters or more: Causeway tells it to the other one, which signs with it. Empty: webhooks are refused, changes are found by polling.':
    'Eines ausdenken, ab 16 Zeichen: Causeway teilt es dem anderen mit, und der unterschreibt damit. Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  Linear: 'Linear',
  'Personal API key': 'Persönlicher API-Schlüssel',
  'Of the account Causeway works under: Settings → Account → Security & access → Personal API keys, with read and write. Or leave it empty and give an OAuth application.':
    'Des Kontos, unter dem Causeway arbeitet: Settings → Account → Security & access → Personal API keys, mit Lesen und Schreiben. Oder leer lassen und eine OAuth-Anwendung angeben.',
  'Of an OAuth application with client credentials switched on: Settings → API → OAuth applications. Causeway then works as the application, not as a person.':
    'Einer OAuth-Anwendung mit eingeschalteten Client Credentials: Settings → API → OAuth applications. Causeway arbeitet dann als die Anwendung, nicht als ein Mensch.',
  'Of the same OAuth application.': 'Derselben OAuth-Anwendung.',
  Scopes: 'Scopes',
  'What the OAuth application may do. With "read,write,admin" Causeway registers its webhook itself; with "read,write" a person does.':
    'Was die OAuth-Anwendung darf. Mit „read,write,admin“ trägt Causeway seinen Webhook selbst ein; mit „read,write“ tut das ein Mensch.',
  Teams: 'Teams',
  'Keys of the teams to follow, as in ENG of ENG-123.':
    'Kürzel der Teams, denen gefolgt wird, wie ENG in ENG-123.',
  'Address of Causeway': 'Adresse von Causeway',
  'Where people open Causeway, e.g. https://causeway.example.com. Issues made from here link back to it.':
    'Wo man Causeway öffnet, etwa https://causeway.example.com. Von hier aus angelegte Issues verweisen darauf zurück.',
  'Signs what Linear posts. Empty: webhooks are refused, changes are found by polling.':
    'Unterschreibt, was Linear schickt. Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  'Word for public comments': 'Wort für öffentliche Kommentare',
  'A comment in Linear that begins with this word is meant for the customer, e.g. "Public:". Empty: every comment stays internal.':
    'Ein Kommentar in Linear, der mit diesem Wort beginnt, ist für den Kunden bestimmt, etwa „Public:“. Leer: Jeder Kommentar bleibt intern.',
  'Label group for types': 'Label-Gruppe für Arten',
  'Name of the label group that holds types like Bug and Feature. Empty: there are none.':
    'Name der Label-Gruppe mit Arten wie Bug und Feature. Leer: Es gibt keine.',
  Customers: 'Kunden',
  'How customers in Linear are named in the field cf:Customers. Writing it makes a customer request on the issue. Off: customers are left alone.':
    'Wie Kunden aus Linear im Feld cf:Customers heißen. Es zu schreiben legt am Issue einen Customer Request an. off: Kunden bleiben unberührt.',
  'Larger files are not sent to Linear.': 'Größere Dateien gehen nicht an Linear.',
  'At most, from one Causeway, while Linear does not say its own limits. A personal API key has 2,500 an hour.':
    'Höchstens, von einem Causeway, solange Linear seine eigenen Grenzen nicht nennt. Ein persönlicher API-Schlüssel hat 2.500 in der Stunde.',
  'Other addresses': 'Andere Adressen',
  'Only for a double of Linear: where its api, its files and its uploads answer.':
    'Nur für eine Nachbildung von Linear: wo api, files und uploads antworten.',
  'Azure DevOps': 'Azure DevOps',
  'Personal access token': 'Persönliches Zugriffstoken',
  'Tenant ID': 'Mandanten-ID',
  'Work item type': 'Typ der Arbeitselemente',
  'Iterations are releases': 'Iterationen sind Releases',
  'API version': 'Version der API',
  'Of the organisation: https://dev.azure.com/your-organisation. Of a server: with its collection, https://devops.example.com/DefaultCollection.':
    'Der Organisation: https://dev.azure.com/ihre-organisation. Bei einem Server mit der Sammlung: https://devops.example.com/DefaultCollection.',
  'Of an account made for Causeway: user settings, Personal access tokens; scopes Work Items (Read & write) and Project and Team (Read). Empty when an app of Entra signs in.':
    'Eines Kontos, das für Causeway angelegt wurde: Benutzereinstellungen, Personal access tokens; Bereiche Work Items (Read & write) und Project and Team (Read). Leer, wenn sich eine App von Entra anmeldet.',
  'Of Microsoft Entra, when an app signs in instead of a personal access token: Entra admin centre, App registrations.':
    'Von Microsoft Entra, wenn sich statt eines persönlichen Tokens eine App anmeldet: Entra Admin Center, App-Registrierungen.',
  'Of the same app. It must be added to the organisation under Users, like a person.':
    'Derselben App. Sie muss der Organisation unter Benutzer hinzugefügt sein wie ein Mensch.',
  'Of the same app: Certificates & secrets.': 'Derselben App: Zertifikate & Geheimnisse.',
  'Names of the projects to follow.': 'Namen der Projekte, denen gefolgt wird.',
  'Of new work items when the mapping names none: Bug, or Issue in the Basic process.':
    'Neuer Arbeitselemente, wenn die Zuordnung keinen nennt: Bug, im Prozess Basic Issue.',
  'Reference name of a field of type Text (single line) that the types used here have. Causeway writes the key of its own record into it.':
    'Referenzname eines Felds vom Typ Text (single line), das die benutzten Typen haben. Causeway schreibt den Schlüssel seines Eintrags hinein.',
  'Only where an iteration is what goes to customers. Where it is a sprint, leave this off: its end would be promised as a release.':
    'Nur, wo eine Iteration das ist, was an Kunden geht. Wo sie ein Sprint ist, nicht einschalten: ihr Ende würde als Release versprochen.',
  'At least 16 letters, digits and hyphens. Azure DevOps sends it with every call as the header X-Causeway-Secret. Empty: changes are found by polling.':
    'Mindestens 16 Buchstaben, Ziffern und Bindestriche. Azure DevOps schickt es mit jedem Aufruf im Kopf X-Causeway-Secret. Leer: Änderungen werden durch Nachsehen gefunden.',
  '7.1 for Azure DevOps Services and Server 2022.1, 7.0 for Server 2022, 6.0 for Server 2020.':
    '7.1 für Azure DevOps Services und Server 2022.1, 7.0 für Server 2022, 6.0 für Server 2020.',
  'Azure DevOps Services takes 60. A server takes 4 unless its administrator raised it.':
    'Azure DevOps Services nimmt 60. Ein Server nimmt 4, wenn seine Verwaltung das nicht erhöht hat.',
  'At most, from one Causeway. Azure DevOps delays whoever uses more than 200 of its units (TSTU) in five minutes.':
    'Höchstens, von einem Causeway. Azure DevOps bremst, wer in fünf Minuten mehr als 200 seiner Einheiten (TSTU) verbraucht.',
  GitLab: 'GitLab',
  'Scoped labels as fields': 'Bereichs-Labels als Felder',
  Versions: 'Versionen',
  'Hosts of files': 'Rechner der Dateien',
  'Where people open GitLab: https://gitlab.com, or your own, with the path it is installed under.':
    'Wo man GitLab öffnet: https://gitlab.com oder das eigene, mit dem Pfad, unter dem es liegt.',
  'A project, group or personal access token with the scope "api". Its account needs the role Planner or Reporter in every project named here, Maintainer if Causeway shall keep the webhook.':
    'Ein Projekt-, Gruppen- oder persönliches Zugriffstoken mit dem Bereich „api“. Sein Konto braucht in jedem hier genannten Projekt die Rolle Planner oder Reporter, Maintainer, wenn Causeway den Webhook pflegen soll.',
  'Paths (as in the address of a project, group/project) of the projects to follow.':
    'Pfade (wie in der Adresse eines Projekts, gruppe/projekt) der Projekte, denen gefolgt wird.',
  'Scope of a label, and the field it stands for: "workflow" as "status", "priority" as "priority", "team" as "cf:team". Labels of other scopes stay labels.':
    'Bereich eines Labels und das Feld, für das er steht: „workflow“ als „status“, „priority“ als „priority“, „team“ als „cf:team“. Labels anderer Bereiche bleiben Labels.',
  'What counts as a version: milestones, milestones and releases, or neither. Each costs a call per project and poll.':
    'Was als Version zählt: Meilensteine, Meilensteine und Releases, oder keins von beiden. Jedes kostet einen Aufruf je Projekt und Nachsehen.',
  'Either the secret token of the webhook, or, where GitLab can sign webhooks, its signing token (whsec_ and 32 bytes in base64): then every body is verified. Empty: webhooks are refused, changes are found by polling.':
    'Entweder das Geheimnis (secret token) des Webhooks oder, wo GitLab Webhooks signieren kann, sein Signaturtoken (whsec_ und 32 Bytes in Base64): dann wird jeder Inhalt geprüft. Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  'As in Admin area, Settings, General, "Account and limit". GitLab itself and gitlab.com allow 100.':
    'Wie im Admin-Bereich unter Einstellungen, Allgemein, „Konto und Limit“. GitLab selbst und gitlab.com erlauben 100.',
  'Only where GitLab sends downloads on to an object storage: its host, as in storage.example.com or *.example.com.':
    'Nur wo GitLab Downloads an einen Objektspeicher weiterleitet: dessen Rechner, etwa storage.example.com oder *.example.com.',
  'At most, from one Causeway, where GitLab sends no rate headers. gitlab.com lists issues 200 times a minute.':
    'Höchstens, von einem Causeway, wo GitLab keine Grenzen mitteilt. gitlab.com listet Issues 200-mal in der Minute.',
  'Jira Service Management': 'Jira Service Management',
  'Type of new requests': 'Typ neuer Anfragen',
  'Name of a request type, or of an issue type, where the mapping gives none.':
    'Name eines Anfragetyps oder Vorgangstyps, wo die Zuordnung keinen nennt.',
  Freshservice: 'Freshservice',
  'Of the account itself, not of a domain of your own: https://company.freshservice.com':
    'Des Kontos selbst, nicht einer eigenen Domain: https://firma.freshservice.com',
  'Of the agent that Causeway works under: Profile settings, API key.':
    'Des Agenten, unter dem Causeway arbeitet: Profileinstellungen, API-Schlüssel.',
  'Of the agent whose API key it is. By it Causeway tells its own words from those of others.':
    'Des Agenten, dem der API-Schlüssel gehört. Daran erkennt Causeway, was es selbst geschrieben hat.',
  'Kinds of record': 'Arten von Datensätzen',
  'Which to follow: ticket (incidents and service requests), problem, change. Each is a container.':
    'Welchen gefolgt wird: ticket (Störungen und Serviceanfragen), problem, change. Jede ist ein Behälter.',
  Workspaces: 'Arbeitsbereiche',
  'Numbers of the workspaces to follow, each with containers of its own (ticket:2). Empty: the primary one, as in accounts without workspaces.':
    'Nummern der Arbeitsbereiche, denen gefolgt wird, jeder mit eigenen Behältern (ticket:2). Leer: der primäre, wie in Konten ohne Arbeitsbereiche.',
  'Name (not the label) of a custom single-line text field that holds the key of the record in Causeway, in the form of every kind and workspace that is followed.':
    'Name (nicht die Beschriftung) eines eigenen einzeiligen Textfelds, das den Schlüssel des Datensatzes in Causeway hält, im Formular jeder Art und jedes Arbeitsbereichs, denen gefolgt wird.',
  'Public comments become': 'Öffentliche Kommentare werden',
  'note: a public note, which the requester sees in the portal and which your own notifications may mail. reply: a reply, which Freshservice mails to the requester at once, and which can never be changed.':
    'note: eine öffentliche Notiz, die der Anfragende im Portal sieht und die eigene Benachrichtigungen verschicken können. reply: eine Antwort, die Freshservice dem Anfragenden sofort schickt und die sich nie mehr ändern lässt.',
  'The same as in the header X-Causeway-Secret of the workflow. Empty: webhooks are refused, changes are found by polling.':
    'Dasselbe wie in der Kopfzeile X-Causeway-Secret des Workflows. Leer: Webhooks werden abgelehnt, Änderungen durch Nachsehen gefunden.',
  'Freshservice counts all files of a ticket together: 15 in its older documentation, 40 in the newer.':
    'Freshservice zählt alle Dateien eines Tickets zusammen: 15 nach seiner älteren Dokumentation, 40 nach der neueren.',
  'At most, from one Causeway. Plans allow 100 to 500 a minute for everybody together.':
    'Höchstens, von einem Causeway. Die Tarife erlauben 100 bis 500 in der Minute, für alle zusammen.',
}
