/**
 * Every question we ask Linear. Listings ask for little: a query may cost 10,000 points and a key has three million an
 * hour, so labels come as ids (the catalog knows their names) and connections inside issues are short.
 */

const PERSON = 'fragment Person on User { id name email }'

const LISTED = `fragment Listed on Issue {
  id identifier title description priority estimate dueDate url createdAt updatedAt trashed labelIds
  state { name type }
  team { key }
  assignee { ...Person }
  creator { ...Person }
  project { name }
  projectMilestone { name }
  cycle { number name }
  marks: attachments(first: 3, filter: { url: { startsWith: $marks } }) { nodes { url } }
  releases(first: 10) @include(if: $releases) { nodes { id name } }
}`

const COMMENT = `fragment Said on Comment {
  id body createdAt editedAt
  user { ...Person }
  externalUser { id name }
  botActor { id name }
}`

const ATTACHED = `fragment Attached on Attachment {
  id title url sourceType metadata createdAt
  creator { ...Person }
}`

/** About 500 points; comments and attachments beyond these come in further questions. */
const WHOLE = `fragment Whole on Issue {
  ...Listed
  comments(first: 50) { nodes { ...Said } pageInfo { hasNextPage endCursor } }
  attachments(first: 30) { nodes { ...Attached } pageInfo { hasNextPage endCursor } }
  relations(first: 20) { nodes { type relatedIssue { url } } }
  inverseRelations(first: 20) { nodes { type issue { url } } }
  needs(first: 20) @include(if: $customers) { nodes { id customer { id name domains externalIds } } }
}`

const RELEASE = `fragment Shipped on Release {
  id name version description targetDate url createdAt updatedAt trashed
  creator { ...Person }
  stage { name type }
  pipeline { name teams(first: 20) { nodes { key } } }
}`

const HELD = '$marks: String!, $releases: Boolean!'
const WHOLE_HELD = `${HELD}, $customers: Boolean!`
const WHOLE_FRAGMENTS = [PERSON, LISTED, COMMENT, ATTACHED, WHOLE].join('\n')
const LISTED_FRAGMENTS = [PERSON, LISTED].join('\n')

export const documents = {
  workspace: `query Workspace($teams: [String!]!, $count: Int!) {
  viewer { ...Person }
  organization { name urlKey releasesEnabled customersEnabled }
  teams(first: $count, filter: { key: { in: $teams } }) {
    nodes { id key name states(first: 60) { nodes { id name type position } } }
  }
}
${PERSON}`,

  labels: `query Labels($after: String) {
  issueLabels(first: 200, after: $after) {
    nodes { id name isGroup team { key } parent { name } }
    pageInfo { hasNextPage endCursor }
  }
}`,

  people: `query People($after: String) {
  users(first: 200, after: $after) { nodes { id name email active } pageInfo { hasNextPage endCursor } }
}`,

  places: `query Places($teams: [String!]!) {
  projects(first: 100, filter: { accessibleTeams: { some: { key: { in: $teams } } } }) {
    nodes { name projectMilestones(first: 20) { nodes { name } } }
  }
  cycles(first: 50, filter: { team: { key: { in: $teams } }, isPast: { eq: false } }) { nodes { number name } }
}`,

  projectNamed: `query ProjectNamed($name: String!) {
  projects(first: 2, filter: { name: { eq: $name } }) { nodes { id } }
}`,

  milestoneNamed: `query MilestoneNamed($name: String!, $project: String!) {
  projectMilestones(first: 2, filter: { name: { eq: $name }, project: { name: { eq: $project } } }) { nodes { id } }
}`,

  cycleNamed: `query CycleNamed($filter: CycleFilter!) {
  cycles(first: 2, filter: $filter) { nodes { id } }
}`,

  releaseNamed: `query ReleaseNamed($name: String!) {
  releases(first: 2, filter: { name: { eq: $name } }) { nodes { id } }
}`,

  releaseNames: `query ReleaseNames {
  releases(first: 100, orderBy: updatedAt) { nodes { name stage { name type } } }
}`,

  customerNamed: `query CustomerNamed($filter: CustomerFilter!) {
  customers(first: 2, filter: $filter) { nodes { id } }
}`,

  issue: `query IssueWhole($id: String!, ${WHOLE_HELD}) {
  issue(id: $id) { ...Whole }
}
${WHOLE_FRAGMENTS}`,

  brief: `query IssueBrief($id: String!, $releases: Boolean!, $customers: Boolean!) {
  issue(id: $id) {
    trashed labelIds
    team { key }
    project { name }
    releases(first: 10) @include(if: $releases) { nodes { id } }
    needs(first: 50) @include(if: $customers) { nodes { id customer { id } } }
  }
}`,

  comments: `query IssueComments($id: String!, $after: String!) {
  issue(id: $id) { comments(first: 100, after: $after) { nodes { ...Said } pageInfo { hasNextPage endCursor } } }
}
${PERSON}
${COMMENT}`,

  attachments: `query IssueAttachments($id: String!, $after: String!) {
  issue(id: $id) { attachments(first: 100, after: $after) { nodes { ...Attached } pageInfo { hasNextPage endCursor } } }
}
${PERSON}
${ATTACHED}`,

  attachment: `query AttachmentOne($id: String!) {
  attachment(id: $id) { url }
}`,

  history: `query IssueHistory($id: String!) {
  issue(id: $id) {
    history(first: 50) {
      nodes {
        actorId updatedAt
        fromTitle toTitle fromPriority toPriority fromEstimate toEstimate fromDueDate toDueDate
        fromAssigneeId toAssigneeId
        fromStateId toStateId fromState { name } toState { name }
        fromTeamId toTeamId fromTeam { key } toTeam { key }
        fromProjectId toProjectId fromProject { name } toProject { name }
        fromCycleId toCycleId fromCycle { number name } toCycle { number name }
      }
    }
  }
}`,

  /** Newest first, as Linear orders: the last ones of what is asked are the oldest. */
  issuesBy: `query IssuePage($count: Int!, $before: String, $order: PaginationOrderBy!, $filter: IssueFilter!, ${HELD}) {
  issues(last: $count, before: $before, orderBy: $order, filter: $filter, includeArchived: true) {
    nodes { ...Listed }
    pageInfo { hasPreviousPage startCursor }
  }
}
${LISTED_FRAGMENTS}`,

  newest: `query Newest($filter: IssueFilter!, $said: CommentFilter!, $releases: Boolean!) {
  issues(first: 1, orderBy: updatedAt, filter: $filter, includeArchived: true) { nodes { updatedAt } }
  comments(first: 1, orderBy: updatedAt, filter: $said, includeArchived: true) { nodes { updatedAt } }
  releases(first: 1, orderBy: updatedAt, includeArchived: true) @include(if: $releases) { nodes { updatedAt } }
}`,

  commentsBy: `query CommentPage($count: Int!, $before: String, $filter: CommentFilter!, ${HELD}) {
  comments(last: $count, before: $before, orderBy: updatedAt, filter: $filter, includeArchived: true) {
    nodes { id updatedAt issue { ...Listed } }
    pageInfo { hasPreviousPage startCursor }
  }
}
${LISTED_FRAGMENTS}`,

  releasesBy: `query ReleasePage($count: Int!, $before: String, $order: PaginationOrderBy!, $filter: ReleaseFilter!) {
  releases(last: $count, before: $before, orderBy: $order, filter: $filter, includeArchived: true) {
    nodes { ...Shipped }
    pageInfo { hasPreviousPage startCursor }
  }
}
${PERSON}
${RELEASE}`,

  release: `query ReleaseOne($id: String!) {
  release(id: $id) { ...Shipped }
}
${PERSON}
${RELEASE}`,

  marked: `query Marked($url: String!, ${HELD}) {
  attachmentsForURL(url: $url, first: 20, includeArchived: true) { nodes { issue { ...Listed } } }
}
${LISTED_FRAGMENTS}`,

  /** Mutations of one document are done in their order, and the issue's id is ours: one call makes it and marks it. */
  create: `mutation IssueCreate($issue: IssueCreateInput!, $mark: AttachmentCreateInput!, ${WHOLE_HELD}) {
  issueCreate(input: $issue) { success issue { id } }
  attachmentCreate(input: $mark) { success attachment { issue { ...Whole } } }
}
${WHOLE_FRAGMENTS}`,

  mark: `mutation IssueMark($mark: AttachmentCreateInput!, ${WHOLE_HELD}) {
  attachmentCreate(input: $mark) { success attachment { issue { ...Whole } } }
}
${WHOLE_FRAGMENTS}`,

  update: `mutation IssueUpdate($id: String!, $input: IssueUpdateInput!, ${WHOLE_HELD}) {
  issueUpdate(id: $id, input: $input) { success issue { ...Whole } }
}
${WHOLE_FRAGMENTS}`,

  releaseUpdate: `mutation ReleaseUpdate($id: String!, $input: ReleaseUpdateInput!) {
  releaseUpdate(id: $id, input: $input) { success release { ...Shipped } }
}
${PERSON}
${RELEASE}`,

  stages: `query ReleaseStages($id: String!) {
  release(id: $id) { pipeline { stages(first: 50) { nodes { id name } } } }
}`,

  commentCreate: `mutation CommentCreate($input: CommentCreateInput!, ${WHOLE_HELD}) {
  commentCreate(input: $input) { success comment { id issue { ...Whole } } }
}
${WHOLE_FRAGMENTS}`,

  commentUpdate: `mutation CommentUpdate($id: String!, $input: CommentUpdateInput!, ${WHOLE_HELD}) {
  commentUpdate(id: $id, input: $input) { success comment { id issue { ...Whole } } }
}
${WHOLE_FRAGMENTS}`,

  commentOne: `query CommentOne($id: String!) {
  comment(id: $id) { body issue { id } }
}`,

  commentDelete: 'mutation CommentDelete($id: String!) { commentDelete(id: $id) { success } }',

  fileUpload: `mutation FileUpload($name: String!, $type: String!, $size: Int!) {
  fileUpload(filename: $name, contentType: $type, size: $size) {
    success uploadFile { uploadUrl assetUrl headers { key value } }
  }
}`,

  attachmentCreate: `mutation AttachmentCreate($input: AttachmentCreateInput!, ${WHOLE_HELD}) {
  attachmentCreate(input: $input) { success attachment { id issue { ...Whole } } }
}
${WHOLE_FRAGMENTS}`,

  attachmentDelete: 'mutation AttachmentDelete($id: String!) { attachmentDelete(id: $id) { success } }',

  linksTo: `query LinksTo($id: String!, $url: String!) {
  issue(id: $id) { attachments(first: 20, filter: { url: { eq: $url } }) { nodes { id } } }
}`,

  needCreate: `mutation NeedCreate($input: CustomerNeedCreateInput!) { customerNeedCreate(input: $input) { success } }`,
  needDelete: 'mutation NeedDelete($id: String!) { customerNeedDelete(id: $id) { success } }',

  webhooks: `query Webhooks($after: String) {
  webhooks(first: 100, after: $after) {
    nodes { id url enabled secret resourceTypes team { id } }
    pageInfo { hasNextPage endCursor }
  }
}`,
  webhookCreate: `mutation WebhookCreate($input: WebhookCreateInput!) {
  webhookCreate(input: $input) { success webhook { id } }
}`,
  webhookUpdate: `mutation WebhookUpdate($id: String!, $input: WebhookUpdateInput!) {
  webhookUpdate(id: $id, input: $input) { success webhook { id } }
}`,
  webhookDelete: 'mutation WebhookDelete($id: String!) { webhookDelete(id: $id) { success } }',
} as const
