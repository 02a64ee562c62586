import { Type } from 'typebox'
import { DEPLOYMENT_STATES } from '../../domain/deployment.ts'
import { RELEASE_STATES } from '../../domain/words.ts'
import { Actor, KeyedName, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

export const Deployment = Type.Object({
  id: Id,
  product: KeyedName,
  release: Type.Object({ id: Id, name: Type.String(), state: oneOf(RELEASE_STATES) }),
  environment: nullable(KeyedName),
  installation: nullable(
    Type.Object({
      id: Id,
      customer: KeyedName,
      environment: Type.String({ description: 'What the customer calls the place.' }),
    }),
  ),
  build: nullable(Type.String()),
  commit: nullable(Type.String()),
  state: oneOf(DEPLOYMENT_STATES),
  startedAt: Instant,
  finishedAt: nullable(Instant),
  source: Type.String({ description: 'Who told of it.' }),
  externalId: nullable(Type.String()),
  url: nullable(Type.String()),
  reportedBy: Actor,
  change: nullable(
    Type.Object(
      { id: Id, key: Type.String(), title: Type.String() },
      { description: 'That it carries out.' },
    ),
  ),
  revision: Type.Integer(),
})

export const DeploymentQuery = closed({
  ...PageQuery.properties,
  product: Type.Optional(Ref),
  release: Type.Optional(Id),
  environment: Type.Optional(Ref),
  installation: Type.Optional(Id),
  change: Type.Optional(Id),
  state: Type.Optional(oneOf(DEPLOYMENT_STATES)),
  since: Type.Optional(
    Type.String({ format: 'date-time', description: 'Those that started then or later.' }),
  ),
})

const told = {
  state: Type.Optional(oneOf(DEPLOYMENT_STATES, 'Absent: succeeded.')),
  startedAt: Type.Optional(Instant),
  finishedAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'When it succeeded or failed; absent: now.' }),
  ),
  build: Type.Optional(line(200)),
  url: Type.Optional(line(500, 'Where the pipeline shows it.')),
  change: Type.Optional(
    line(
      320,
      'Id or key of the change it carries out; absent: the only one that is being carried out there.',
    ),
  ),
}

export const NewDeployment = closed({
  ...told,
  product: Type.Optional(Ref),
  release: Type.Optional(line(320, 'Id or name; absent: the release that the commit is.')),
  commit: Type.Optional(line(64)),
  environment: Type.Optional(Ref),
  installation: Type.Optional(
    line(320, 'Instead of an environment: id, or customer/where as in `acme/production`.'),
  ),
  source: Type.Optional(line(100, 'Who tells of it, as one word; absent: `api`.')),
  externalId: Type.Optional(
    line(200, 'Its id there. Told again with the same source and id, it is the same deployment.'),
  ),
})

export const DeploymentChange = closed({
  ...told,
  revision: Type.Optional(Revision),
  state: oneOf(DEPLOYMENT_STATES),
})

export const RecordedDeployment = Type.Object({
  deployment: Deployment,
  isNew: Type.Boolean({ description: 'False: it was told of before.' }),
})
