/** Was die Prüfung einer Verbindung findet, auf Deutsch; wie in de-sentences.ts. */
export const deCheckSentences: Readonly<Record<string, string>> = {
  'Repository {0} is called {1} now: change the settings.':
    'Das Repository {0} heißt jetzt {1}: die Einstellungen ändern.',
  'Repository {0} is archived: nothing can be written there.':
    'Das Repository {0} ist archiviert: dort lässt sich nichts schreiben.',
  'Issues are switched off in repository {0}.': 'Im Repository {0} sind Issues abgeschaltet.',
  'In repository {0} the account may only read: labels, assignees and milestones would be dropped.':
    'Im Repository {0} darf das Konto nur lesen: Labels, Zuständige und Milestones gingen verloren.',
  'Repository {0} has no label that begins with "{1}".': 'Im Repository {0} fängt kein Label mit „{1}“ an.',
  'Neither a token nor a GitHub App is given.': 'Weder ein Token noch eine GitHub App ist angegeben.',
  'A GitHub App learns its own name by GraphQL only: leave that on.':
    'Eine GitHub App erfährt ihren eigenen Namen nur über GraphQL: das anlassen.',
  'Fields of projects are read by GraphQL only: leave that on.':
    'Felder von Projekten werden nur über GraphQL gelesen: das anlassen.',
  'GitHub offers no GraphQL here, so the project {0} cannot be read.':
    'GitHub bietet hier kein GraphQL, deshalb lässt sich das Projekt {0} nicht lesen.',
  'The token lacks the scope "project", so GitHub does not show the project {0}.':
    'Dem Token fehlt der Scope „project“, deshalb zeigt GitHub das Projekt {0} nicht.',
  'GitHub shows no project {0} to this account: there is none, or it lacks the right "Projects: read and write".':
    'GitHub zeigt diesem Konto kein Projekt {0}: es gibt keines, oder ihm fehlt das Recht „Projects: read and write“.',
  'In project {0} the account may only read: it lacks the right "Projects: read and write".':
    'Im Projekt {0} darf das Konto nur lesen: ihm fehlt das Recht „Projects: read and write“.',
  'GitHub shows no repository "{0}" to this account.': 'GitHub zeigt diesem Konto kein Repository „{0}“.',
  'GitHub does not let the account keep a webhook in {0}: it needs the right "Webhooks: read and write".':
    'GitHub lässt das Konto in {0} keinen Webhook einrichten: ihm fehlt das Recht „Webhooks: read and write“.',
  'Set a webhook secret first: unsigned webhooks are refused.':
    'Erst ein Geheimnis der Webhooks angeben: ohne Unterschrift werden sie abgewiesen.',
  'The clocks differ by {0} seconds; webhooks need less than 5 minutes.':
    'Die Uhren gehen {0} Sekunden auseinander; Webhooks brauchen weniger als 5 Minuten.',
  'The account of the token is not known: set its login in the settings.':
    'Das Konto des Tokens ist nicht bekannt: seinen Anmeldenamen in den Einstellungen angeben.',
  'The account sees no queue: grant it SeeQueue and ShowTicket on the queues.':
    'Das Konto sieht keine Queue: ihm SeeQueue und ShowTicket auf den Queues geben.',
  'The queue "{0}" does not exist, or the account lacks SeeQueue on it.':
    'Die Queue „{0}“ gibt es nicht, oder dem Konto fehlt dort SeeQueue.',
  'The account may not see custom field definitions: grant it SeeCustomField globally, not only on the queue.':
    'Das Konto darf keine Definitionen eigener Felder sehen: ihm SeeCustomField global geben, nicht nur auf der Queue.',
  'There is no custom field "{0}" (Enter one value) on tickets: without it a create whose answer is lost cannot be found again.':
    'Es gibt kein eigenes Feld „{0}“ (ein Wert) an Tickets: ohne es lässt sich ein Anlegen, dessen Antwort verloren ging, nicht wiederfinden.',
  'In project {0} the account may not {1}.': 'Im Projekt {0} fehlt dem Konto ein Recht: {1}.',
  'Linear shows no team "{0}" to this account.': 'Linear zeigt diesem Konto kein Team „{0}“.',
  'Linear has no label group "{0}" with labels in it.':
    'Linear hat keine Label-Gruppe „{0}“ mit Labels darin.',
  'Both a personal API key and an OAuth application are given: the key is used.':
    'Ein persönlicher API-Schlüssel und eine OAuth-Anwendung sind angegeben: benutzt wird der Schlüssel.',
  'Neither a personal API key nor an OAuth application is given.':
    'Weder ein persönlicher API-Schlüssel noch eine OAuth-Anwendung ist angegeben.',
  'Customers are switched off in this workspace of Linear: Settings → Customer requests.':
    'Kunden sind in diesem Arbeitsbereich von Linear abgeschaltet: Settings → Customer requests.',
  'The address is not https: who is on the way can read the token and all that is shared.':
    'Die Adresse ist nicht https: Wer auf dem Weg sitzt, kann das Token und alles Geteilte lesen.',
  'They call themselves and us "{0}": is this the address of our own Causeway?':
    'Sie nennen sich und uns „{0}“: Ist das die Adresse unseres eigenen Causeway?',
  '{0} shares nothing with us yet: they choose the fields under Connections → Partners.':
    '{0} teilt noch nichts mit uns: Die Felder wählen sie unter Verbindungen → Partner.',
  '{0} does not show us titles: without them nothing can be kept in step.':
    '{0} zeigt uns keine Titel: Ohne sie lässt sich nichts im Gleichschritt halten.',
  '{0} does not let us make anything there: what we send there waits, until they allow it.':
    '{0} lässt uns dort nichts anlegen: Was dorthin soll, wartet, bis sie es erlauben.',
  '{0} lets us make something there, but not write its title: so nothing can be made.':
    '{0} lässt uns dort etwas anlegen, aber keinen Titel schreiben: So lässt sich nichts anlegen.',
  'This connection leads to this Causeway itself: it is meant for another one.':
    'Diese Verbindung führt zu diesem Causeway selbst: Sie ist für ein anderes gedacht.',
  'The webhook secret is too short: the other Causeway takes 16 characters at least.':
    'Das Geheimnis der Webhooks ist zu kurz: Das andere Causeway nimmt mindestens 16 Zeichen.',
  'Redmine shows no project "{0}" to this account.': 'Redmine zeigt diesem Konto kein Projekt „{0}“.',
  'Project {0} has no tracker.': 'Das Projekt {0} hat keinen Tracker.',
  'The custom field "{0}" must be marked "used as a filter".':
    'Das eigene Feld „{0}“ muss als Filter freigegeben sein.',
  'There is no custom field "{0}" for issues (format Text, for all followed projects and trackers, used as a filter). If there is one and the projects are still empty, give its id in the settings.':
    'Es gibt kein eigenes Feld „{0}“ für Tickets (Format Text, für alle verfolgten Projekte und Tracker, als Filter). Gibt es eines und die Projekte sind noch leer, seine Kennung in den Einstellungen angeben.',
  'Table {0} has no column {1}, or the account may not read it: grant it, or take it out of the settings.':
    'Die Tabelle {0} hat keine Spalte {1}, oder das Konto darf sie nicht lesen: das Recht geben oder sie aus den Einstellungen nehmen.',
  'The account sees times as {0} where the database holds {1}: set its time zone to GMT and its date format to yyyy-MM-dd, so that queries by time mean the same everywhere.':
    'Das Konto sieht Zeiten als {0}, wo die Datenbank {1} enthält: seine Zeitzone auf GMT und sein Datumsformat auf yyyy-MM-dd stellen, damit Abfragen nach Zeit überall dasselbe meinen.',
  'The account may not read the table {0}, or there is none of that name: give it the role itil.':
    'Das Konto darf die Tabelle {0} nicht lesen, oder es gibt keine dieses Namens: ihm die Rolle itil geben.',
  'ACLs hide records of {0} from the account: give it the role itil.':
    'ACLs verbergen dem Konto Einträge von {0}: ihm die Rolle itil geben.',
  'Table {0} cannot be searched by {1}: a record whose answer is lost could not be found again.':
    'Die Tabelle {0} lässt sich nicht nach {1} durchsuchen: ein Eintrag, dessen Antwort verloren ging, wäre nicht wiederzufinden.',
  'The account may not read comments and work notes: add an ACL that lets it read sys_journal_field.':
    'Das Konto darf Kommentare und Arbeitsnotizen nicht lesen: eine ACL anlegen, die ihm sys_journal_field zu lesen gibt.',
  'The account may not read choice lists: let it read sys_choice, or set "Choices by" to values.':
    'Das Konto darf keine Auswahllisten lesen: ihm sys_choice zu lesen geben oder „Auswahlwerte nach“ auf values stellen.',
  'The account may not read sys_audit: let it, or turn the setting off.':
    'Das Konto darf sys_audit nicht lesen: es erlauben oder die Einstellung ausschalten.',
  'The account may not see users, or there is none called "{0}": give it the role itil.':
    'Das Konto darf keine Benutzer sehen, oder keiner heißt „{0}“: ihm die Rolle itil geben.',
  "The tool's clock is {0} minutes off.": 'Die Uhr des Werkzeugs geht {0} Minuten falsch.',
  'At {0}: {1}.': 'Bei {0}: {1}.',
  'At /item/container: the first item of the list shows none.':
    'Bei /item/container: der erste Vorgang der Liste zeigt keinen.',
  'At /item/updatedAt: the first item of the list shows no time there.':
    'Bei /item/updatedAt: der erste Vorgang der Liste zeigt dort keine Zeit.',
  'At /item/fields/{0}: the first item of the list shows nothing there.':
    'Bei /item/fields/{0}: der erste Vorgang der Liste zeigt dort nichts.',
  'At /item: {0}.': 'Bei /item: {0}.',
  // Zendesk
  'The account is no administrator: only administrators may list changed tickets (incremental export) and keep webhooks.':
    'Das Konto ist kein Administrator: nur Administratoren dürfen geänderte Tickets auflisten (inkrementeller Export) und Webhooks pflegen.',
  'The account may only write internal comments: public ones are held.':
    'Das Konto darf nur intern kommentieren: öffentliche Kommentare bleiben liegen.',
  'The account sees only some tickets ("{0}"): the others are not followed.':
    'Das Konto sieht nur einen Teil der Tickets („{0}“): den anderen wird nicht gefolgt.',
  'The clock of Causeway and that of Zendesk are {0} seconds apart.':
    'Die Uhren von Causeway und Zendesk gehen {0} Sekunden auseinander.',
  'There is no group "{0}" in Zendesk.': 'In Zendesk gibt es keine Gruppe „{0}“.',
  'No way to sign in is complete: give an e-mail address and an API token, or an OAuth access token, or an OAuth client and its secret.':
    'Keiner der Wege zur Anmeldung ist vollständig: eine E-Mail-Adresse und ein API-Token angeben, oder ein OAuth-Zugangstoken, oder einen OAuth-Client und sein Geheimnis.',
  'The account may not manage webhooks in Zendesk: it must be an administrator.':
    'Das Konto darf in Zendesk keine Webhooks verwalten: es muss Administrator sein.',
  'Zendesk does not show the signing secret of the webhook to this account, so it cannot be compared.':
    'Zendesk zeigt diesem Konto das Signaturgeheimnis des Webhooks nicht, also lässt es sich nicht vergleichen.',
  'Zendesk has made the signing secret of the webhook: copy it from Admin Center (Apps and integrations, Webhooks, Causeway, Reveal secret) into the settings of this connection.':
    'Zendesk hat das Signaturgeheimnis des Webhooks erzeugt: es aus dem Admin Center (Apps und Integrationen, Webhooks, Causeway, Geheimnis anzeigen) in die Einstellungen dieser Verbindung übernehmen.',
  'The signing secret in the settings is not the one of the webhook in Zendesk: copy it again from Admin Center (Apps and integrations, Webhooks, Causeway, Reveal secret).':
    'Das Signaturgeheimnis in den Einstellungen ist nicht das des Webhooks in Zendesk: es noch einmal aus dem Admin Center übernehmen (Apps und Integrationen, Webhooks, Causeway, Geheimnis anzeigen).',
  // Jira
  'Jira shows no project "{0}" to this account.': 'Jira zeigt diesem Konto kein Projekt „{0}“.',
  'Project {0} has no issue type "{1}".': 'Das Projekt {0} hat keinen Vorgangstyp „{1}“.',
  'Project {0} has no role "{1}" for internal comments.':
    'Das Projekt {0} hat keine Rolle „{1}“ für interne Kommentare.',
  'Attachments are switched off in Jira.': 'Anhänge sind in Jira ausgeschaltet.',
  'Jira takes attachments of {0} MB at most, but the settings say {1} MB.':
    'Jira nimmt Anhänge bis {0} MB an, in den Einstellungen stehen {1} MB.',
  'This Jira is not {0}, as the settings say.':
    'Dieses Jira ist nicht {0}, wie es in den Einstellungen steht.',
  'The clock of Jira and ours differ by {0} minutes.':
    'Die Uhr von Jira und unsere gehen {0} Minuten auseinander.',
  'Without a webhook secret in the settings no webhook is registered.':
    'Ohne Geheimnis der Webhooks in den Einstellungen wird kein Webhook angemeldet.',
  'The account is no administrator of Jira, so it cannot register the webhook: an administrator does it once, as the guide says.':
    'Das Konto verwaltet Jira nicht und kann den Webhook nicht anmelden: das tut ein Administrator einmal, wie in der Anleitung.',
  'Jira lets this service account register no webhook: an administrator does it once, as the guide says.':
    'Jira lässt dieses Dienstkonto keinen Webhook anmelden: das tut ein Administrator einmal, wie in der Anleitung.',
  'In project {0} the account sees no work item types.':
    'Im Projekt {0} sieht das Konto keine Typen von Arbeitselementen.',
  'Project {0} has no work item type “{1}”: choose another as “Work item type” in the settings.':
    'Das Projekt {0} hat keinen Typ „{1}“: in den Einstellungen einen anderen als „Typ der Arbeitselemente“ wählen.',
  'In project {0} the type “{1}” has no field {2}: add a field “Text (single line)” to it in the process of the project, or correct its name.':
    'Im Projekt {0} hat der Typ „{1}“ kein Feld {2}: im Prozess des Projekts ein Feld „Text (single line)“ hinzufügen oder den Namen berichtigen.',
  'Azure DevOps shows no project {0} to this account.': 'Azure DevOps zeigt diesem Konto kein Projekt {0}.',
  'A webhook secret is missing in the settings of this connection.':
    'In den Einstellungen dieser Verbindung fehlt das Geheimnis der Webhooks.',
  'Azure DevOps posts to addresses with https only: give Causeway a public one.':
    'Azure DevOps ruft nur Adressen mit https auf: Causeway braucht eine öffentliche.',
  'Somebody switched service hooks of {0} off in Azure DevOps: project settings, Service hooks.':
    'In Azure DevOps hat jemand Service Hooks von {0} ausgeschaltet: Projekteinstellungen, Service hooks.',
  'GitLab shows no project "{0}" to this account.': 'GitLab zeigt diesem Konto kein Projekt „{0}“.',
  'Project {0} is archived: nothing can be written there.':
    'Projekt {0} ist archiviert: dort lässt sich nichts schreiben.',
  'Project {0} has its issues turned off.': 'In Projekt {0} sind die Issues abgeschaltet.',
  'In project {0} the account needs the role Planner or Reporter: without it confidential issues and internal comments stay hidden.':
    'In Projekt {0} braucht das Konto die Rolle Planner oder Reporter: sonst bleiben vertrauliche Issues und interne Kommentare verborgen.',
  'In project {0} the account may not manage webhooks: it needs the role Maintainer.':
    'In Projekt {0} darf das Konto keine Webhooks verwalten: es braucht die Rolle Maintainer.',
  'Project {0} has no label "{1}::…", though the settings make it a field.':
    'Projekt {0} hat kein Label „{1}::…“, obwohl die Einstellungen es zu einem Feld machen.',
  'The access token lacks the scope "api".': 'Dem Zugriffstoken fehlt der Bereich „api“.',
  'The access token expires on {0}: make a new one in time.':
    'Das Zugriffstoken läuft am {0} ab: rechtzeitig ein neues anlegen.',
  'The scope "{0}" cannot be the field "{1}": use status, priority, component, or a name after cf:.':
    'Der Bereich „{0}“ kann nicht das Feld „{1}“ sein: status, priority, component oder ein Name nach cf: geht.',
  'This GitLab does not sign webhooks: use a webhook secret that does not begin with whsec_.':
    'Dieses GitLab signiert keine Webhooks: ein Geheimnis nehmen, das nicht mit whsec_ anfängt.',
  'Give the connection a webhook secret first.': 'Der Verbindung erst ein Geheimnis für Webhooks geben.',
  'GitLab refuses the webhook of project {0}: {1}': 'GitLab lehnt den Webhook von Projekt {0} ab: {1}',
  'The clock of Causeway and that of Freshservice are {0} seconds apart.':
    'Die Uhren von Causeway und Freshservice gehen {0} Sekunden auseinander.',
  'The form of "{0}" has no custom field named "{1}": without it, a record whose answer was lost cannot be found again.':
    'Das Formular von „{0}“ hat kein eigenes Feld namens „{1}“: ohne es lässt sich ein Datensatz, dessen Antwort verloren ging, nicht wiederfinden.',
  'There is no workspace {0} in Freshservice, or the account may not see it.':
    'In Freshservice gibt es keinen Arbeitsbereich {0}, oder das Konto darf ihn nicht sehen.',
  'No agent of Freshservice has the e-mail address {0}, or the account may not list agents.':
    'Kein Agent von Freshservice hat die E-Mail-Adresse {0}, oder das Konto darf Agenten nicht auflisten.',
}
