import type { Args, Members } from './execute.ts'
import { pageOf } from './lists.ts'
import {
  byId,
  showAttachment,
  showComment,
  showComments,
  showCycle,
  showIssue,
  showIssueById,
  showLabels,
  showMilestones,
  showProjects,
  showRelease,
  showTeam,
  showUser,
} from './show.ts'
import { FAKE_ACCOUNT, type FakeWorld } from './state.ts'

/** The questions the fake answers. `createdAt`: lists order by it, also those of things that show none. */

const OLD = '2026-01-01T00:00:00.000Z'
const dated = (all: readonly Members[]): readonly Members[] =>
  all.map((one) => ({ createdAt: OLD, updatedAt: OLD, ...one }))

export const queriesOf = (world: FakeWorld): Members => ({
  viewer: () => showUser(world, FAKE_ACCOUNT),
  organization: { name: 'Example', urlKey: 'example', releasesEnabled: true, customersEnabled: true },
  teams: (args: Args) => pageOf(dated(world.teams.map(({ id }) => showTeam(world, id))), args),
  users: (args: Args) => pageOf(dated(world.users.map((one) => ({ ...one }))), args),
  issueLabels: (args: Args) => pageOf(showLabels(world), args),
  projects: (args: Args) => pageOf(dated(showProjects(world)), args),
  projectMilestones: (args: Args) => pageOf(dated(showMilestones(world)), args),
  cycles: (args: Args) =>
    pageOf(dated(world.cycles.map(({ id }) => showCycle(world, id)).filter((one) => one !== null)), args),
  customers: (args: Args) => pageOf(dated(world.customers.map((one) => ({ ...one }))), args),
  issues: (args: Args) => pageOf(world.issues, args, (one) => showIssue(world, one)),
  issue: ({ id }: Args) => showIssueById(world, String(id)),
  comments: (args: Args) => pageOf(showComments(world), args),
  comment: ({ id }: Args) => showComment(world, byId(world.comments, id, 'Comment')),
  attachment: ({ id }: Args) => showAttachment(world, byId(world.attachments, id, 'Attachment')),
  attachmentsForURL: (args: Args) =>
    pageOf(
      world.attachments.filter(({ url }) => url === args['url']).map((one) => showAttachment(world, one)),
      args,
    ),
  releases: (args: Args) =>
    pageOf(
      world.releases.map((one) => showRelease(world, one)),
      args,
    ),
  release: ({ id }: Args) => showRelease(world, byId(world.releases, id, 'Release')),
  webhooks: (args: Args) =>
    pageOf(
      dated(
        world.webhooks.map((one) => ({
          ...one,
          team: one.teamId === null ? null : showTeam(world, one.teamId),
        })),
      ),
      args,
    ),
})
