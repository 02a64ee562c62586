import type { HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import type { GithubClient, Wanted } from './client.ts'
import { repositoryNameOf, type Target, targetOf } from './convert.ts'
import { notFollowed, pathOfName, type Repositories, type Repository } from './repositories.ts'
import { answers, readAs, type WireIssue } from './schema.ts'

/**
 * Where an issue is now. A transfer gives it another repository and number; GitHub redirects who asks for the issue at
 * its old place, but answers 404 to who asks there for its comments or changes it. So after a 404 the issue is asked for,
 * and the change repeated at its new place: a 404 says that nothing was done.
 */

export interface Place {
  readonly repository: Repository
  /** `/repos/owner/name/issues/7` */
  readonly path: string
}

export type Places = ReturnType<typeof placesOf>

export const placesOf = (client: GithubClient, repositories: Repositories) => {
  const knownTarget = (ref: RemoteRef): Target => {
    const target = targetOf(ref.id)
    if (target === null) throw new RemoteFault('gone', `"${ref.id.slice(0, 60)}" is no id of GitHub`)
    return target
  }

  const repositoryOf = async (target: Target): Promise<Repository> => {
    const found = await repositories.byId(target.repository)
    if (found === null) throw notFollowed(`item ${target.repository}-${target.number}`)
    return found
  }

  const issueTarget = (ref: RemoteRef, what: string): Target => {
    const target = knownTarget(ref)
    if (target.kind === 'issue') return target
    throw new RemoteFault('invalid', `a ${target.kind} in GitHub has no ${what}`)
  }

  const place = async (ref: RemoteRef, what = 'such part'): Promise<Place> => {
    const target = issueTarget(ref, what)
    const repository = await repositoryOf(target)
    return { repository, path: `${repository.path}/issues/${target.number}` }
  }

  /** Which repository an issue is in now, by the name that settings give it where it is followed. */
  const repositoryNow = async (issue: WireIssue, at: Repository): Promise<Repository> => {
    const name = repositoryNameOf(issue, at.wire.full_name)
    if (name.toLowerCase() === at.wire.full_name.toLowerCase()) return at
    const others = await repositories.followed()
    const known = others.find((each) => each.wire.full_name.toLowerCase() === name.toLowerCase())
    return known ?? { id: at.id, name, path: pathOfName(name), wire: at.wire }
  }

  /** 404 says too little: the issue may be gone, or the whole repository hidden from us. */
  const isStillVisible = async (at: Repository): Promise<boolean> =>
    (await client.look(at.path, `repository ${at.name}`)).outcome === 'found'

  const read = async (
    ref: RemoteRef,
  ): Promise<{ readonly issue: WireIssue; readonly at: Place } | 'gone'> => {
    const asked = await place(ref)
    const found = await client.look(asked.path, `issue ${ref.id}`)
    if (found.outcome === 'deleted') return 'gone'
    if (found.outcome !== 'found') {
      if (await isStillVisible(asked.repository)) return 'gone'
      throw notFollowed(`issue ${ref.id}`)
    }
    const issue = readAs(answers.issue, found.value, `issue ${ref.id}`)
    const repository = await repositoryNow(issue, asked.repository)
    return { issue, at: { repository, path: `${repository.path}/issues/${issue.number}` } }
  }

  const mustRead = async (ref: RemoteRef) => {
    const found = await read(ref)
    if (found === 'gone') throw new RemoteFault('gone', `issue ${ref.id} does not exist in GitHub (any more)`)
    return found
  }

  /** `request`: the change at a place; asked again where the issue has gone. `at`: where it is known to be. */
  const change = async (
    ref: RemoteRef,
    at: Place,
    request: (at: Place) => HttpRequest,
    wanted: Wanted,
  ): Promise<HttpResponse> => {
    const first = await client.change(request(at), wanted)
    if (first !== 'moved') return first
    const now = (await mustRead(ref)).at
    const again = now.path === at.path ? 'moved' : await client.change(request(now), wanted)
    if (again !== 'moved') return again
    throw new RemoteFault('gone', `${wanted.what} does not exist in GitHub (any more)`)
  }

  return { knownTarget, repositoryOf, issueTarget, place, read, mustRead, change }
}
