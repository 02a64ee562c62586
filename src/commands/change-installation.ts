import { lockInstallation, updateInstallation } from '../store/organisation.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import { installationChanged } from './place-of-deployment.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command } from './run-command.ts'

export interface ChangeInstallation {
  readonly installation: string
  readonly set: {
    /** Id or name of the release that runs there now. */
    readonly release?: string | null
    readonly version?: string | null
  }
}

/** The customer runs another version now. */
export const changeInstallation: Command<ChangeInstallation, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const installation = await lockInstallation(tx, input.installation)
  if (installation === null) return unknown('installation', input.installation, '/installation')
  const { set } = input
  const release = await releaseIdOf(tx, set.release ?? null, installation.product_id, '/set/release')
  if (!release.ok) return release
  const version = set.version == null ? null : checkLine(set.version, '/set/version')
  if (version?.ok === false) return version
  const patch = {
    ...(set.release === undefined ? {} : { release_id: release.value }),
    ...(set.version === undefined ? {} : { version: version?.value ?? null }),
  }
  const effects = installationChanged(installation, patch)
  if (effects.events.length === 0) return done({ id: installation.id })
  await updateInstallation(tx, installation.id, { ...patch, updated_at: context.now })
  return done({ id: installation.id }, effects)
}
