/** Searching, views that are kept, and lists taken out as files. */
export const enSearch = {
  search: {
    title: 'Search',
    about: 'Everything you may see, as you type',
    field: 'Words and filters',
    placeholder: 'printer status:open "exact words" -without',
    open: 'Search everything',
    focus: 'Search',
    results: 'What was found',
    all: 'All',
    kinds: {
      ticket: 'Tickets',
      'work item': 'Work items',
      customer: 'Customers',
      contact: 'Contacts',
      person: 'People',
      team: 'Teams',
      product: 'Products',
      component: 'Components',
      release: 'Releases',
    },
    count: (count: number, isMore: boolean) => (isMore ? `${count}+` : String(count)),
    inList: {
      ticket: 'All of them in the list of tickets',
      'work item': 'All of them in the list of work items',
    },
    moreOf: (kind: string) => `More ${kind.toLowerCase()}`,
    start: 'What are you looking for?',
    startAbout:
      'Words anywhere in tickets, work items and their comments; keys of ours and of your tools; names. Small slips of the keys are forgiven in titles and names.',
    none: 'Nothing found',
    noneAbout: 'Use fewer words or filters, or only the beginning of a word.',
    tryFilters: 'Filters to try',
    hints: {
      meant: (name: string, choice: string) =>
        `There is no filter “${name}:”. Did you mean “${choice}:”? It is left out until then.`,
      unknown: (name: string, choices: string) =>
        `There is no filter “${name}:”, so it is looked for as words. Filters: ${choices}.`,
      notHere: (name: string, choices: string) =>
        `“${name}:” means nothing in this list. Filters here: ${choices}.`,
      noValue: (name: string) => `Write something after “${name}:”.`,
      noWord: (name: string, choices: string) => `Write something after “${name}:”, for example ${choices}.`,
      badTime: (name: string, value: string) =>
        `“${value}” cannot be read after “${name}:”. Write 7d, >30d, 2026-05-01 or 2026-05-01..2026-05-31.`,
      badWord: (name: string, value: string, choices: string) =>
        `“${value}” is nothing for “${name}:”. It can be ${choices}.`,
    },
  },
  views: {
    title: 'Views',
    none: 'No views yet',
    keep: 'Keep this as a view …',
    change: 'Rename or share …',
    delete: 'Delete',
    deleted: (name: string) => `The view “${name}” is deleted.`,
    kept: (name: string) => `The view “${name}” is kept.`,
    nothingToKeep: 'Choose a filter or write a query first.',
    name: 'Name',
    save: 'Keep',
    sharedWith: 'Who sees it',
    shared: { me: 'Only I', team: 'A team', everyone: 'Everyone' },
    by: (name: string) => `by ${name}`,
  },
  exports: { csv: 'CSV', about: 'This list as a file for a spreadsheet, at most 10,000 lines' },
}
