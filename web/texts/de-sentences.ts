import { dePartSentences } from './de-part-sentences.ts'

/**
 * Was der Server auf Englisch sagt, auf Deutsch: links der Satz, wie er dort steht (`{0}` ist eine Lücke), rechts unserer.
 * Ein Test liest jeden Satz des Servers und verlangt ihn hier.
 */
export const deSentences: Readonly<Record<string, string>> = {
  // partners
  'A {0} has no field “{1}”.': '{0}: ein Feld „{1}“ gibt es dort nicht.',
  '“{0}” names a person. Let names cross, or leave the field out.':
    '„{0}“ nennt eine Person. Namen mitgehen lassen oder das Feld weglassen.',
  'They can change “{0}” only where they can read it.': '„{0}“ können sie nur ändern, wenn sie es sehen.',
  '“{0}” is said on this side alone: let them read it only.':
    '„{0}“ wird nur auf dieser Seite gesagt: sie nur lesen lassen.',
  'Who makes a record gives it a title: let them change “title”.':
    'Wer etwas anlegt, gibt ihm einen Titel: sie „title“ ändern lassen.',
  'Only a ticket has a customer.': 'Nur ein Ticket hat einen Kunden.',
  'No customer is called “{0}”.': 'Kein Kunde heißt „{0}“.',
  'There is no product with the key “{0}”.': 'Ein Produkt mit dem Schlüssel „{0}“ gibt es nicht.',
  'There is no such partner.': 'Diesen Partner gibt es nicht.',
  'There is a partner “{0}” already.': 'Einen Partner „{0}“ gibt es schon.',
  'What they see of us, tickets or work items, stays: their side is tied to it. Make another partner for the other.':
    'Was sie von uns sehen, Tickets oder Arbeitspakete, bleibt: ihre Seite hängt daran. Für das andere einen weiteren Partner anlegen.',
  'The sharing with this partner has ended. Make a new one.':
    'Die Freigabe für diesen Partner ist beendet. Eine neue anlegen.',
  '{0} was not shared with them by itself: a product of the policy shares it.':
    '{0} ist ihnen nicht einzeln freigegeben, sondern mit einem Produkt.',
  // api
  'There is no such file.': 'Diese Datei gibt es nicht.',
  'There is no such {0}.': '{0}: nicht gefunden.',
  'Choose an audience you belong to.': 'Eine Gruppe von Lesern wählen, zu der man selbst gehört.',
  'The disk is nearly full. Free some space.': 'Der Speicher ist fast voll. Platz schaffen.',
  'You could not read this yourself: choose an audience you belong to.':
    'Das könnte man selbst nicht lesen: eine Gruppe wählen, zu der man gehört.',
  'There is no such kind of tool.': 'Diese Art von Werkzeug gibt es nicht.',
  'Begin with the first page again.': 'Wieder mit der ersten Seite anfangen.',
  'This cursor is not one of ours: ask for the first page.': 'Wieder mit der ersten Seite anfangen.',
  'A text holds the character U+0000, which cannot be stored. Leave it out.':
    'Ein Text enthält das Zeichen U+0000, das sich nicht speichern lässt. Es weglassen.',
  'In the {0}, {1} {2}.': 'Die Angabe {1} passt nicht.',
  'The mapping of this connection has no such version.':
    'Die Zuordnung dieser Verbindung hat diese Fassung nicht.',
  'There is no such mirror.': 'Dieses Gegenstück gibt es nicht.',
  'Sign in first; then the identity can be linked.':
    'Erst anmelden; dann lässt sich die Identität verknüpfen.',
  'This sign-in did not begin in this browser, or took too long. Try again.':
    'Diese Anmeldung begann nicht in diesem Browser oder dauerte zu lange. Noch einmal versuchen.',
  'Somebody else is signed in by now. Try again.':
    'Inzwischen ist jemand anderes angemeldet. Noch einmal versuchen.',
  'There is no such request.': 'Diese Anfrage gibt es nicht.',
  'This file cannot be had from where it was sent. Ask for it in a reply.':
    'Diese Datei ist von dort, woher sie kam, nicht zu haben. In einer Antwort danach fragen.',
  'This file cannot be had from where it was sent.':
    'Diese Datei ist von dort, woher sie kam, nicht zu haben.',
  'The bytes are still on their way. Try again in a minute.':
    'Die Datei ist noch unterwegs. In einer Minute noch einmal versuchen.',
  'The bytes are still on their way.': 'Die Datei ist noch unterwegs.',
  'You belong to no organisation here yet. Ask support to enter you.':
    'Noch gehört dieses Konto zu keiner Organisation. Der Support kann das eintragen.',
  'There is no room for files just now. Tell us.':
    'Für Dateien ist gerade kein Platz. Bitte sagen Sie uns Bescheid.',
  'There is no such release.': 'Dieses Release gibt es nicht.',
  'Give the code that your app shows, or one of your recovery codes.':
    'Den Code eingeben, den die App zeigt, oder einen der Wiederherstellungscodes.',
  'This is a token, not a session: it is ended among the tokens.':
    'Das ist ein Token und keine Sitzung: es endet bei den Tokens.',
  'No record or item of this key has a mirror.': 'Zu diesem Schlüssel gibt es nichts, das abgeglichen wird.',
  'Nothing has crossed for this key.': 'Zu diesem Schlüssel ging noch nichts über.',
  'Nothing was written for this conflict yet. Try again in a moment.':
    'Für diesen Konflikt wurde noch nichts geschrieben. Gleich noch einmal versuchen.',
  'There is no such ticket.': 'Dieses Ticket gibt es nicht.',
  'There is no such work item.': 'Dieses Arbeitspaket gibt es nicht.',
  'There is no such connection.': 'Diese Verbindung gibt es nicht.',
  'There is no such session of yours; it may have ended.':
    'Diese Sitzung gibt es nicht; vielleicht ist sie schon beendet.',
  'There is no such token, or it was revoked before.':
    'Dieses Token gibt es nicht, oder es wurde schon widerrufen.',
  'There is no {0} “{1}”.': '{0} „{1}“ gibt es nicht.',
  'There is a {0} {1} already.': '{0} {1} gibt es schon.',
  'Somebody changed the {0} meanwhile (you have revision {1}, it is at {2}). Read it again and repeat your change.':
    '{0}: inzwischen von jemandem geändert. Neu lesen und die Änderung noch einmal machen.',
  // Worte und Dateien
  'A comment needs some words.': 'Ein Kommentar braucht Worte.',
  'A comment needs some words; delete it if nothing of it should stay.':
    'Ein Kommentar braucht Worte; ihn löschen, wenn nichts davon bleiben soll.',
  'The comment was deleted.': 'Der Kommentar wurde gelöscht.',
  'Customers write on their tickets, for everyone.': 'Kunden schreiben an ihren Tickets, für alle.',
  'Customers attach to their tickets, for everyone.': 'Kunden hängen Dateien an ihre Tickets, für alle.',
  'Customers write for everyone.': 'Kunden schreiben für alle.',
  'The customer can only answer what the customer can read.':
    'Der Kunde kann nur beantworten, was er lesen kann.',
  'Store the bytes first.': 'Erst die Datei hochladen.',
  'Choose at most {0} files.': 'Höchstens {0} Dateien wählen.',
  'One of the files is not on the ticket any more: look again.':
    'Eine der Dateien ist nicht mehr am Ticket: noch einmal nachsehen.',
  'The bytes of one of the files are not here yet: leave it out.':
    'Eine der Dateien ist noch nicht ganz hier: sie weglassen.',
  'The customer reads this: mention colleagues in an internal note.':
    'Das liest der Kunde: Kollegen in einer internen Notiz erwähnen.',
  'Mention at most {0} people at once.': 'Höchstens {0} Personen auf einmal erwähnen.',
  'Somebody who is mentioned is not here any more: take the name out.':
    'Jemand Erwähntes ist nicht mehr da: den Namen herausnehmen.',
  '{0} may not read this note: mention somebody else, or change who reads it.':
    '{0} darf diese Notiz nicht lesen: jemand anderen erwähnen oder ändern, wer sie liest.',
  '{0} wrote something here since you began. Read it, then send your reply or change it.':
    '{0} hat inzwischen hier geschrieben. Lesen, dann die Antwort senden oder ändern.',
  'The disk for attachments has less than 256 MiB free. Make room or move the folder, then try again.':
    'Für Dateien sind weniger als 256 MiB frei. Platz schaffen, dann noch einmal versuchen.',
  'The file is larger than the {0} bytes allowed.': 'Die Datei ist größer als die erlaubten {0} Bytes.',
  // Tickets
  'The ticket is {0}, so it cannot be {1}. {2}': 'Das Ticket ist „{0}“; so geht das gerade nicht.',
  'That moment has passed: choose one to come.': 'Dieser Zeitpunkt ist vorbei: einen späteren wählen.',
  'A level is 1, 2 or 3.': 'Eine Stufe ist 1, 2 oder 3.',
  'The ticket was merged into another: change that one.':
    'Das Ticket wurde mit einem anderen zusammengeführt: jenes ändern.',
  'Only a person can take a ticket: sign in as one, or assign it to somebody.':
    'Nur eine Person kann ein Ticket übernehmen: als eine anmelden oder es jemandem zuweisen.',
  'A ticket cannot be merged into itself.': 'Ein Ticket lässt sich nicht mit sich selbst zusammenführen.',
  '{0} is {1}: choose another ticket.': '{0} ist „{1}“: ein anderes Ticket wählen.',
  'The two are of different customers: let the ticket join the same work item instead.':
    'Die beiden gehören verschiedenen Kunden: das Ticket stattdessen an dasselbe Arbeitspaket hängen.',
  '{0} is with engineering ({1}): merge the other one into it instead.':
    '{0} ist bei der Entwicklung ({1}): stattdessen das andere damit zusammenführen.',
  'A ticket has at most {0} links: take one away first.':
    'Ein Ticket hat höchstens {0} Verweise: erst einen entfernen.',
  'This is not an address of the web: it begins with https://':
    'Das ist keine Adresse im Netz: sie beginnt mit https://',
  'A ticket cannot be linked with itself.': 'Ein Ticket lässt sich nicht mit sich selbst verknüpfen.',
  '{0} and {1} are linked already.': '{0} und {1} sind schon verknüpft.',
  'There is no fix of {0} to try yet.': 'Von {0} gibt es noch keine Lösung zum Ausprobieren.',
  'Another product runs there. Choose where this one runs, or leave it out.':
    'Dort läuft ein anderes Produkt. Wählen, wo dieses läuft, oder es weglassen.',
  '{0} is no component of that product.': '{0} ist keine Komponente dieses Produkts.',
  // Eskalation
  '{0} is with engineering already, as {1}.': '{0} ist schon bei der Entwicklung, als {1}.',
  '{0} is not with engineering: nobody asks anything.':
    '{0} ist nicht bei der Entwicklung: niemand fragt etwas.',
  '{0} is not with engineering.': '{0} ist nicht bei der Entwicklung.',
  'Say why, so that engineering knows whether the work still matters.':
    'Sagen, warum: die Entwicklung muss wissen, ob die Arbeit noch gebraucht wird.',
  'Nothing of {0} is withdrawn now, so there is nothing to take back.':
    'Von {0} ist gerade nichts zurückgezogen: es gibt nichts zurückzunehmen.',
  '{0} was merged into another ticket meanwhile: use that one.':
    '{0} wurde inzwischen in ein anderes Ticket zusammengeführt: dort weitermachen.',
  '{0} is {1} by now: a ticket cannot wait for it. Escalate the ticket again.':
    '{0} ist inzwischen „{1}“: darauf kann kein Ticket warten. Das Ticket neu eskalieren.',
  'Withdrawn from {0}: it waits for nothing there any more':
    'Von {0} zurückgezogen: dort wartet es auf nichts mehr',
  'At most {0} views can be kept in sight. Take one out first.':
    'Höchstens {0} Ansichten passen in die Leiste. Zuerst eine herausnehmen.',
  'Impact and urgency follow the severity together: set both to null, or neither.':
    'Auswirkung und Dringlichkeit folgen dem Schweregrad nur zusammen: beide auf null setzen oder keine.',
  'Engineering asks nothing about it now. Write a comment instead.':
    'Die Entwicklung fragt gerade nichts dazu. Stattdessen einen Kommentar schreiben.',
  'No ticket waits for {0}, so there is nobody to ask. Write a comment instead.':
    'Kein Ticket wartet auf {0}, also ist niemand zu fragen. Stattdessen einen Kommentar schreiben.',
  'No ticket owes an answer about {0}.': 'Kein Ticket schuldet eine Antwort zu {0}.',
  '{0} is {1}: a ticket cannot wait for it. Escalate the ticket instead.':
    '{0} ist „{1}“: darauf kann kein Ticket warten. Das Ticket stattdessen eskalieren.',
  'Say why, so that support knows what to do next.':
    'Sagen, warum, damit der Support weiß, wie es weitergeht.',
  'The escalation ended meanwhile. Read it again.': 'Die Eskalation ist inzwischen beendet. Neu lesen.',
  'The escalation is {0}: “{1}” means nothing now.':
    'Die Eskalation ist „{0}“: das ergibt gerade keinen Sinn.',
  'The route for this names a tool, but not the project in it. Give that route a container.':
    'Der Weg dafür nennt ein Werkzeug, aber kein Projekt darin. Ihm eines geben.',
  'The ticket names no product, so nobody owns it yet. Give it a product or a component, or configure a default route.':
    'Das Ticket nennt kein Produkt, also gehört es noch niemandem. Produkt oder Komponente angeben oder einen Weg für alles Übrige festlegen.',
  'Nobody owns {0} as a whole. Give the ticket a component, give the product an owning team, or configure a route for it.':
    '{0} gehört als Ganzes niemandem. Dem Ticket eine Komponente geben, dem Produkt ein Team, oder einen Weg dafür festlegen.',
  // Arbeitspakete
  'A work item cannot be a duplicate of itself.': 'Ein Arbeitspaket ist kein Duplikat von sich selbst.',
  '{0} is itself a duplicate, of {1}: name that one.': '{0} ist selbst ein Duplikat, von {1}: jenes nennen.',
  '{0} is declined: decline this one with the same reason instead.':
    '{0} ist abgelehnt: dieses stattdessen mit demselben Grund ablehnen.',
  'It is {0}: only what is in triage can be put off. Move it back first.':
    'Es ist „{0}“: zurückstellen lässt sich nur, was in Sichtung ist. Es erst zurücklegen.',
  'Name a moment that is still to come.': 'Einen Zeitpunkt nennen, der noch kommt.',
  'At most {0} days: decline what has to wait longer, and say so in the reason.':
    'Höchstens {0} Tage: was länger warten muss, ablehnen, und das im Grund sagen.',
  'It is {0}: move it back to triage first, then accept it.':
    'Es ist „{0}“: erst in die Sichtung zurücklegen, dann annehmen.',
  'Say why, in words fit for customers: everybody who waits for it reads this reason.':
    'Sagen, warum, in Worten für Kunden: alle, die darauf warten, lesen diesen Grund.',
  'It is done already: reopen it by moving it back before you decline it.':
    'Es ist schon fertig: vor dem Ablehnen erst zurücklegen.',
  'It is done already: reopen it by moving it back before you mark it a duplicate.':
    'Es ist schon fertig: erst zurücklegen, dann als Duplikat markieren.',
  'Use decline, with a reason fit for customers.': 'Dafür gibt es „Ablehnen“, mit einem Grund für Kunden.',
  'Use mark duplicate, and name the item that stays.':
    'Dafür gibt es „Duplikat“, mit dem Arbeitspaket, das bleibt.',
  'It is {0}: move it to triage or backlog first.':
    'Es ist „{0}“: erst in die Sichtung oder den Vorrat legen.',
  'Give a whole address that begins with https:// or http://.':
    'Eine ganze Adresse angeben, die mit https:// oder http:// beginnt.',
  '{0} has this link already.': '{0} hat diesen Verweis schon.',
  'A work item is not linked to itself.': 'Ein Arbeitspaket wird nicht mit sich selbst verknüpft.',
  '{0} is linked to {1} so already.': '{0} ist so schon mit {1} verknüpft.',
  '{0} has a parent already: take that link away first.':
    '{0} hat schon ein übergeordnetes: erst diesen Verweis entfernen.',
  'That would close a ring: {0} leads to {1} already.': 'Das wäre ein Kreis: {0} führt schon zu {1}.',
  '{0} has {1} links; that is the most.': '{0} hat {1} Verweise; mehr geht nicht.',
  'Only work that is not ended can be too much at once.':
    'Nur von Arbeit, die nicht beendet ist, kann es zu viel auf einmal geben.',
  'A limit is a whole number from 1 to {0}; leave it empty for none.':
    'Eine Grenze ist eine ganze Zahl von 1 bis {0}; leer heißt: keine.',
  // Releases
  'Use {0}: that reaches every customer who waits.':
    'Dafür gibt es einen eigenen Schritt („{0}“): er erreicht alle Kunden, die warten.',
  '{0} has a release {1} already.': '{0} hat schon ein Release {1}.',
  'The product has a release {0} already.': 'Das Produkt hat schon ein Release {0}.',
  'There is no product “{0}”.': 'Ein Produkt „{0}“ gibt es nicht.',
  'Release {0} is commit {1} already, and later releases were built on it. A tag that was moved needs a new name.':
    'Release {0} ist schon Commit {1}, und spätere Releases bauen darauf auf. Ein verschobenes Tag braucht einen neuen Namen.',
  'No release of this repository is known to be commit {0}. Tell of that release first, or give null for the basis.':
    'Von keinem Release dieses Repositorys ist bekannt, dass es Commit {0} ist. Zuerst jenes Release melden, oder null als Basis angeben.',
  'Commit {0} was not taken in: send it to /api/v1/trace/commits first.':
    'Commit {0} wurde nicht aufgenommen: ihn zuerst an /api/v1/trace/commits senden.',
  '{0} is a release of another product.': '{0} ist ein Release eines anderen Produkts.',
  'It is {0}: there is nothing left to estimate.': 'Es ist „{0}“: da ist nichts mehr zu schätzen.',
  'Give the day as YYYY-MM-DD.': 'Den Tag als JJJJ-MM-TT angeben.',
  'The range ends before it begins.': 'Der Zeitraum endet, bevor er beginnt.',
  'Confidence is a whole percentage between 0 and 100.':
    'Die Sicherheit ist eine ganze Prozentzahl von 0 bis 100.',
  'It is released: what customers have cannot be unreleased. Withdraw it instead.':
    'Es ist ausgeliefert: das lässt sich nicht ungeschehen machen. Es stattdessen zurückziehen.',
  'It is withdrawn: make a new release.': 'Es ist zurückgezogen: ein neues Release anlegen.',
  // Eingaben
  'A title is needed: one line that says what it is about.':
    'Es braucht einen Titel: eine Zeile, die sagt, worum es geht.',
  'The title has {0} characters; {1} are the most.': 'Der Titel hat {0} Zeichen; höchstens {1} gehen.',
  'This must not be empty.': 'Das darf nicht leer sein.',
  'This must be one line of at most {0} characters.': 'Das muss eine Zeile mit höchstens {0} Zeichen sein.',
  'This has {0} characters; {1} are the most.': 'Das hat {0} Zeichen; höchstens {1} gehen.',
  'A key is 1 to 100 letters, digits, dots, hyphens and underscores, and starts with a letter or digit.':
    'Ein Schlüssel hat 1 bis 100 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche und beginnt mit Buchstabe oder Ziffer.',
  'This is not an e-mail address.': 'Das ist keine E-Mail-Adresse.',
  'At most {0} fields of your own.': 'Höchstens {0} eigene Felder.',
  'The field “{0}” is too long.': 'Das Feld „{0}“ ist zu lang.',
  'Only contacts of customers are told of releases.': 'Von Releases erfahren nur Kontakte von Kunden.',
  'This is no time zone. Write one as Europe/Berlin.':
    'Das ist keine Zeitzone. Eine sieht so aus: Europe/Berlin.',
  'Give whole days, from {0} to {1}.': 'Ganze Tage angeben, von {0} bis {1}.',
  // Makros und Ansichten
  'The macro “{0}” was archived: choose another.': 'Das Makro „{0}“ wurde archiviert: ein anderes wählen.',
  'A token that stands for nobody cannot take a ticket: leave that out.':
    'Ein Token, das für niemanden steht, kann kein Ticket übernehmen: das weglassen.',
  'The text has {0} characters; {1} are the most.': 'Der Text hat {0} Zeichen; höchstens {1} gehen.',
  'There is no placeholder {{0}}. There are: {1}.': 'Den Platzhalter {{0}} gibt es nicht. Es gibt: {1}.',
  'A macro puts the ticket to wait or ends it, not both.':
    'Ein Makro lässt das Ticket warten oder beendet es, nicht beides.',
  'A snooze lasts 1 to {0} days.': 'Zurückgestellt wird für 1 bis {0} Tage.',
  'Give it a text, or something to do with the ticket.':
    'Ihm einen Text geben oder etwas, das es mit dem Ticket tut.',
  'This view is somebody else’s. Save it under a name of your own to change it.':
    'Diese Ansicht gehört jemand anderem. Unter eigenem Namen speichern, um sie zu ändern.',
  'You keep {0} views already. Delete one that you no longer need.':
    'Es sind schon {0} eigene Ansichten. Eine löschen, die nicht mehr gebraucht wird.',
  'A view belongs to a person. Sign in yourself to keep one.':
    'Eine Ansicht gehört einer Person. Selbst anmelden, um eine zu behalten.',
  'Say which team the view is for.': 'Sagen, für welches Team die Ansicht ist.',
  // Organisation und Konten
  '{0} has {1} in {2} already: change that one.': '{0} hat {1} schon in {2}: jene ändern.',
  'A team has at most {0} members.': 'Ein Team hat höchstens {0} Mitglieder.',
  'A token of a customer’s role stands for a contact, and only such a one does.':
    'Ein Token mit der Rolle eines Kunden steht für einen Kontakt, und nur ein solches.',
  'There is no such person, or they were archived.': 'Diese Person gibt es nicht, oder sie wurde archiviert.',
  'There is no such contact, or they were archived.':
    'Diesen Kontakt gibt es nicht, oder er wurde archiviert.',
  'A second factor is on. Turn it off first to take another phone.':
    'Ein zweiter Faktor ist eingeschaltet. Für ein anderes Telefon ihn erst ausschalten.',
  'There is no second factor to confirm. Begin again.':
    'Es ist kein zweiter Faktor zu bestätigen. Von vorn anfangen.',
  'This account is gone.': 'Dieses Konto gibt es nicht mehr.',
  'This code is wrong or was used already.': 'Dieser Code ist falsch oder verbraucht.',
  'This token was made for nobody in particular. Ask for one made for you.':
    'Dieses Token ist für niemand Bestimmten. Um ein eigenes bitten.',
  'Give your name and your e-mail address.': 'Name und E-Mail-Adresse angeben.',
  'This identity belongs to another account.': 'Diese Identität gehört zu einem anderen Konto.',
  'Nobody here has this identity. Ask an admin to add you with the address your provider knows.':
    'Niemand hier hat diese Identität. Ein Admin kann sie mit der Adresse eintragen, die der Anbieter kennt.',
  'The provider has not checked your e-mail address. Ask an admin for an invitation, sign in with it, and link this identity in your profile.':
    'Der Anbieter hat die E-Mail-Adresse nicht geprüft. Einen Admin um eine Einladung bitten, damit anmelden und diese Identität im Profil verknüpfen.',
  // Verbindungen und Abgleich
  '{0} is paused. Resume it, and it is looked at at once.':
    '{0} ruht. Nach dem Fortsetzen wird sofort nachgesehen.',
  '{0} is paused already: {1}': '{0} ruht schon: {1}',
  '{0} is active: there is nothing to resume.': '{0} läuft: da ist nichts fortzusetzen.',
  'There is a connection “{0}” already. Choose another key.':
    'Eine Verbindung „{0}“ gibt es schon. Einen anderen Schlüssel wählen.',
  'Connection {0} mirrors {1} items of a {2}; another kind of tool needs a connection of its own.':
    'Die Verbindung {0} gleicht {1} Vorgänge von {2} ab; eine andere Art von Werkzeug braucht eine eigene.',
  "Connection {0} mirrors {1} items and is not removed. Unlink them first, or write it into the file with 'paused: true'.":
    'Die Verbindung {0} gleicht {1} Vorgänge ab und wird nicht entfernt. Sie stattdessen ruhen lassen.',
  "Connection {0}: there is no kind of tool '{1}'.": 'Verbindung {0}: die Art „{1}“ gibt es nicht.',
  'Connection {0}: its address cannot be read. Correct it in the settings.':
    'Verbindung {0}: die Adresse ist nicht zu lesen. Sie in den Einstellungen berichtigen.',
  'Connection {0} needs {1} for its {2}, and none is stored for {3}. Set {4} where you apply the file.':
    'Der Verbindung {0} fehlt {2}: für {3} ist nichts gespeichert. Es neu eingeben.',
  'Connection {0}, {1}: {2}. {3}': 'Verbindung {0}, {1}: {2}. {3}',
  'A tool could not be read: {0}': 'Ein Werkzeug war nicht zu lesen: {0}',
  'The tool could not be read: {0}': 'Das Werkzeug war nicht zu lesen: {0}',
  '{0} or {1} could not be taken in; a worker may have it in hand. Try again.':
    '{0} oder {1} ließ sich nicht aufnehmen; vielleicht wird es gerade bearbeitet. Noch einmal versuchen.',
  'Say which field names the other item.': 'Sagen, welches Feld den anderen Vorgang nennt.',
  'This conflict was settled before, by “{0}”.': 'Dieser Konflikt ist schon entschieden.',
  'Say which value both sides shall show.': 'Sagen, welchen Wert beide Seiten zeigen sollen.',
  'Of a comment, take ours or theirs; then edit it.':
    'Bei einem Kommentar unseren oder deren wählen; danach lässt er sich ändern.',
  'What stood there before does not fit any more: {0}': 'Was vorher dort stand, passt nicht mehr: {0}',
  // warum ein Ticket aufwachte
  'Engineering asks for more information on {0}': 'Die Entwicklung fragt nach zu {0}',
  'Engineering has enough on {0}: no answer is needed':
    'Der Entwicklung genügt, was sie zu {0} weiß: es braucht keine Antwort',
  'Engineering declined {0}': 'Die Entwicklung hat {0} abgelehnt',
  'Engineering declined {0}: {1}': 'Die Entwicklung hat {0} abgelehnt: {1}',
  'Engineering returned it from {0}: {1}': 'Die Entwicklung gibt es zurück, von {0}: {1}',
  'The release with {0} is out: tell the customer': 'Das Release mit {0} ist da: dem Kunden Bescheid sagen',
  'Engineering took {0} up again': 'Die Entwicklung hat {0} wieder aufgenommen',
  'Engineering knows {0} already, as {1}': 'Die Entwicklung kennt {0} schon, als {1}',
  'The customer says that it is still broken': 'Der Kunde sagt, dass es noch nicht geht',
  'The time to wait is over': 'Die Wartezeit ist um',
  // warum etwas ruht
  'Paused by hand.': 'Von Hand angehalten.',
  'Settings of the organisation are changed by an admin or an owner.':
    'Einstellungen der Organisation ändert, wer admin oder owner ist.',
  'The configuration says so.': 'Die Konfiguration will es so.',
  'Restored from the backup of {0}. Nothing is sent to the tool until somebody has looked and resumes it.':
    'Wiederhergestellt aus der Sicherung vom {0}. Nichts geht zum Werkzeug, bis jemand nachgesehen hat und fortsetzt.',
  '{0} of {1} items vanished there within ten minutes.':
    '{0} von {1} Vorgängen sind dort in zehn Minuten verschwunden.',
  'A sweep found {0} of {1} items changed without any notice, as after a restored backup.':
    'Ein Durchgang fand {0} von {1} Vorgängen ohne Nachricht geändert, wie nach einer eingespielten Sicherung.',
  'Its record does not exist any more.': 'Den Datensatz dazu gibt es nicht mehr.',
  '{0} was deleted there, or our account may not see it any more.':
    '{0} wurde dort gelöscht, oder unser Konto darf es nicht mehr sehen.',
  '{0} was merged into {1} there.': '{0} wurde dort mit {1} zusammengeführt.',
  // was ein Arbeitspaket ähnlich macht
  'same words: {0}': 'gleiche Worte: {0}',
  'same component': 'gleiche Komponente',
  'same product': 'gleiches Produkt',
  'same version': 'gleiche Version',
  '1 ticket is on it': '1 Ticket hängt daran',
  '{0} tickets are on it': '{0} Tickets hängen daran',
  'it is {0}': 'es ist „{0}“',
  'The list of keys is empty.': 'Die Liste der Schlüssel ist leer.',
  // was beim Zusammenführen von Paaren unklar bleibt
  'The list names it, and the desk does not have it.':
    'Die Liste nennt es, aber der Service Desk hat es nicht.',
  'It is to go with {0}, which is not there.': 'Es soll zu {0} gehören, das es nicht gibt.',
  'It is in the list more than once.': 'Es steht mehrmals in der Liste.',
  'It names {0} items of the tracker.': 'Es nennt {0} Vorgänge des Trackers.',
  'It names {0}, which is not there.': 'Es nennt {0}, das es nicht gibt.',
  'It has the title of {0} items of the tracker, or shares it.':
    'Seinen Titel haben {0} Vorgänge des Trackers, oder noch ein Ticket hat ihn.',
  'It reads like {0} ({1}), which reads more like another ({2}).':
    'Es liest sich wie {0} ({1}), das sich eher wie ein anderes liest ({2}).',
  'It reads like {0} ({1}), and like another ({2}).':
    'Es liest sich wie {0} ({1}) und wie ein anderes ({2}).',
  'It reads like {0} ({1}), which is not sure enough.':
    'Es liest sich wie {0} ({1}); das ist nicht sicher genug.',
  ...dePartSentences,
}

/** Unsere festen Worte, wie sie in Lücken stehen; Zustände und Rollen stehen schon in den Worten. */
export const deNouns: Readonly<Record<string, string>> = {
  ticket: 'Ticket',
  'work item': 'Arbeitspaket',
  customer: 'Kunde',
  contact: 'Kontakt',
  person: 'Person',
  team: 'Team',
  product: 'Produkt',
  component: 'Komponente',
  installation: 'Installation',
  release: 'Release',
  comment: 'Kommentar',
  attachment: 'Datei',
  macro: 'Makro',
  view: 'Ansicht',
  token: 'Token',
  account: 'Konto',
  connection: 'Verbindung',
  conflict: 'Konflikt',
  'open conflict': 'Offener Konflikt',
  crossing: 'Übergang',
  mirror: 'Gegenstück',
  'call with a lost answer': 'Aufruf mit verlorener Antwort',
  link: 'Verweis',
  'The item': 'Der Vorgang',
}
