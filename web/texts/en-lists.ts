/** Much at once in lists, views that are kept in sight in the rail, and taking an escalation back. */
export const enLists = {
  bulk: {
    title: 'With those that are chosen',
    all: 'Choose all that match',
    onlyFirst: (max: number) => `More match. The first ${max} are chosen, which is the most at once.`,
    tooMany: (max: number) => `At most ${max} at once. Leave some out.`,
    clear: 'Choose none',
    kinds: {
      assign: 'Assign',
      priority: 'Priority',
      severity: 'Severity',
      snooze: 'Snooze',
      join: 'Join a work item',
      resolve: 'Resolve',
      close: 'Close',
      cancel: 'Cancel',
      assignee: 'Assign',
      team: 'Give to a team',
      component: 'Component',
      release: 'Plan for a release',
      rank: 'Priority',
      move: 'Move',
      accept: 'Accept',
      decline: 'Decline',
      putOff: 'Put off',
    },
    of: {
      tickets: {
        chosen: (count: number) => (count === 1 ? '1 ticket chosen' : `${count} tickets chosen`),
        about: (count: number) =>
          count === 1 ? 'This changes 1 ticket.' : `This changes ${count} tickets, each by itself.`,
        apply: (count: number) => (count === 1 ? 'Change 1 ticket' : `Change ${count} tickets`),
        done: (count: number) => (count === 1 ? '1 ticket is changed.' : `${count} tickets are changed.`),
        undone: (count: number) =>
          count === 1 ? '1 ticket is as before.' : `${count} tickets are as before.`,
        notUndone: (count: number, keys: string) =>
          count === 1
            ? `${keys} could not be taken back: it was changed since.`
            : `${count} tickets could not be taken back, they were changed since: ${keys}`,
      },
      workItems: {
        chosen: (count: number) => (count === 1 ? '1 work item chosen' : `${count} work items chosen`),
        about: (count: number) =>
          count === 1 ? 'This changes 1 work item.' : `This changes ${count} work items, each by itself.`,
        apply: (count: number) => (count === 1 ? 'Change 1 work item' : `Change ${count} work items`),
        done: (count: number) =>
          count === 1 ? '1 work item is changed.' : `${count} work items are changed.`,
        undone: (count: number) =>
          count === 1 ? '1 work item is as before.' : `${count} work items are as before.`,
        notUndone: (count: number, keys: string) =>
          count === 1
            ? `${keys} could not be taken back: it was changed since.`
            : `${count} work items could not be taken back, they were changed since: ${keys}`,
      },
    },
    progress: (done: number, of: number) => `${done} of ${of}`,
    refused: (count: number) => (count === 1 ? '1 was refused' : `${count} were refused`),
    understood: 'Understood',
    workItem: 'Work item',
    workItemAbout: 'The key of the work item that answers them all.',
    joinedByMistake: 'It was joined by mistake, among many, and taken back right away.',
    followSeverity: 'Follow the severity again',
    followsSeverity: 'as the severity says',
    severityFollows: 'Its severity is that of the tickets behind it. Change it on them.',
    severityAbout: 'For work without tickets: else the worst severity of the tickets behind it counts.',
    rankAbout: 'As engineering writes it: 1, high, must have …',
    noRelease: 'Plan them for none',
    moveAbout: 'What is declined or a duplicate comes back through triage or backlog only.',
    declineAbout: 'The same words reach every ticket behind each of them. This cannot be taken back.',
  },
  rail: {
    groups: {
      mine: 'Mine',
      support: 'Support',
      engineering: 'Engineering',
      together: 'Between the two',
      organisation: 'Organisation',
      running: 'Running it',
    },
    viewsOf: (list: string) => `Views of ${list}`,
    pin: 'Keep in the rail',
    unpin: 'Take out of the rail',
    pinned: (name: string) => `“${name}” is in the rail now.`,
    unpinned: (name: string) => `“${name}” is out of the rail. It is still among the views.`,
    up: 'Move up',
    down: 'Move down',
    isFirst: 'It is the first already.',
    isLast: 'It is the last already.',
    actions: (name: string) => `What to do with the view ${name}`,
    full: (most: number) => `At most ${most} views fit in the rail. Take one out first.`,
    pinNew: 'Keep it in the rail too',
  },
  withdraw: {
    action: 'Withdraw the escalation',
    title: (ticket: string, item: string) => `Withdraw ${ticket} from ${item}?`,
    about: (item: string) =>
      `${item} stays with engineering, who decide whether it is still worth doing. They read the reason there; customers do not. What was and will be said there no longer shows on the ticket.`,
    others: (item: string, count: number) =>
      count === 0
        ? `No other ticket is behind ${item}.`
        : `${count === 1 ? '1 other ticket stays' : `${count} other tickets stay`} behind ${item}.`,
    reason: 'Why',
    reasonAbout: 'For engineering.',
    done: (ticket: string, item: string) => `${ticket} is withdrawn from ${item}.`,
    undone: (ticket: string, item: string) => `${ticket} is behind ${item} again.`,
    back: 'Take the withdrawal back',
    none: 'It is not with engineering.',
    ended: 'Also ended',
  },
}
