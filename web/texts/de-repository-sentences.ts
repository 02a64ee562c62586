/** Was der Server zu Repositorys sagt (siehe de-sentences.ts). */
export const deRepositorySentences: Readonly<Record<string, string>> = {
  'Another entry follows the same part of it already.':
    'Ein anderer Eintrag folgt demselben Teil davon schon.',
  'It is paused. Resume it, and it is read at once.':
    'Es ist angehalten. Lassen Sie es weiterlesen, dann wird es sofort gelesen.',
  '{0} follows {1} already.': '{0} folgt {1} schon.',
  'There is no such repository.': 'Dieses Repository gibt es nicht.',
  'A repository is read over https: write its address as https://…':
    'Ein Repository wird über https gelesen: schreiben Sie seine Adresse als https://…',
  'The address holds a user name or token: write these in their own fields, where they are sealed.':
    'Die Adresse enthält einen Benutzernamen oder ein Token: Dafür gibt es eigene Felder, in denen sie versiegelt werden.',
  'The address of a repository has no blank and no “\\”.':
    'Die Adresse eines Repositorys hat kein Leerzeichen und kein „\\“.',
  'The address of a repository has no “?” and no “#”.':
    'Die Adresse eines Repositorys hat kein „?“ und kein „#“.',
  'Between {0} and {1} minutes.': 'Zwischen {0} und {1} Minuten.',
  'At most {0} branches with a planned release.': 'Höchstens {0} Branches mit einem geplanten Release.',
  '“{0}” is no name of a branch, as git has them.': '„{0}“ ist kein Name eines Branches, wie git sie kennt.',
  'Each branch needs the name of the release that is planned there.':
    'Zu jedem Branch gehört der Name des Releases, das dort geplant ist.',
  'Each planned release stands on one branch.': 'Jedes geplante Release steht auf einem Branch.',
  // why one cannot be read
  'git says: {0}': 'git sagt: {0}',
  'It is tried again by itself.': 'Es wird von selbst wieder versucht.',
  'There is no git on this machine.': 'Auf diesem Rechner gibt es kein git.',
  'Install git 2.31 or newer, or use an image that has it.':
    'Installieren Sie git 2.31 oder neuer, oder nehmen Sie ein Image, das es hat.',
  'The repository does not let us in.': 'Das Repository lässt uns nicht hinein.',
  'Give a token that may read it (and the user name that belongs to it, where the forge wants one).':
    'Geben Sie ein Token an, das es lesen darf (und den Benutzernamen dazu, wo die Plattform einen verlangt).',
  'There is no such repository, or the token may not see it.':
    'Dieses Repository gibt es nicht, oder das Token darf es nicht sehen.',
  'Compare the address with what git clone takes, and look at the rights of the token.':
    'Vergleichen Sie die Adresse mit der für git clone, und sehen Sie nach, was das Token darf.',
  'The repository has moved.': 'Das Repository ist umgezogen.',
  'Write its new address, as the forge shows it for git clone.':
    'Schreiben Sie seine neue Adresse, wie die Plattform sie für git clone zeigt.',
  'Nothing was read within {0} minutes.': 'In {0} Minuten wurde nichts gelesen.',
  'The history is larger than {0} MiB.': 'Die Geschichte ist größer als {0} MiB.',
  'Let the pipeline tell of it instead (causeway releases sync), which copies nothing.':
    'Lassen Sie stattdessen die Pipeline davon melden (causeway releases sync), die nichts kopiert.',
  'There are no tags.': 'Es gibt keine Tags.',
  'No tag fits {0}.': 'Kein Tag passt zu {0}.',
  'Several tags are the same release.': 'Mehrere Tags sind dasselbe Release.',
  '{0} is no commit here.': '{0} ist hier kein Commit.',
  'Push a tag for each release, or correct which tags are releases.':
    'Setzen Sie zu jedem Release ein Tag, oder berichtigen Sie, welche Tags Releases sind.',
  'Narrow which tags are releases, or name a prefix that is left off.':
    'Grenzen Sie ein, welche Tags Releases sind, oder nennen Sie, was beim Namen wegfällt.',
  'Correct the branch of the planned release: it is called as in the repository, e.g. main.':
    'Berichtigen Sie den Branch des geplanten Releases: Er heißt wie im Repository, z. B. main.',
  'Correct the address, or ask who runs Causeway.':
    'Berichtigen Sie die Adresse, oder fragen Sie, wer Causeway betreibt.',
  'The token does not open with the key of this Causeway.':
    'Das Token lässt sich mit dem Schlüssel dieses Causeways nicht öffnen.',
  'Give it again.': 'Geben Sie es noch einmal an.',
  'The other releases are told. Leave it out (“Tags that are none”).':
    'Die anderen Releases sind gemeldet. Lassen Sie dieses aus („Tags, die keine sind“).',
  'What was told before it is kept. A tag can be left out (“Tags that are none”).':
    'Was davor gemeldet wurde, bleibt. Ein Tag kann ausgelassen werden („Tags, die keine sind“).',
  'Causeway could not read it, and says why in its log.':
    'Causeway konnte es nicht lesen und sagt in seinem Protokoll, warum.',
  '{0} is not a public address; an operator can allow this host and port by name (CAUSEWAY_ALLOW_HOSTS).':
    '{0} ist keine öffentliche Adresse; wer Causeway betreibt, kann Host und Port namentlich erlauben (CAUSEWAY_ALLOW_HOSTS).',
  'The name {0} is not known ({1}). Is the address right?':
    'Der Name {0} ist nicht bekannt ({1}). Stimmt die Adresse?',
}
