import { ReleaseBills } from '../parts/release-bills.tsx'
import { ReleaseContents as Contents } from '../parts/release-contents.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'

/** What is in a release, as its commits say, and in its builds, as their bills of materials do. */
export const ReleaseContents = () => (
  <ReleaseFrame>
    {(release) => (
      <>
        <Contents release={release} />
        <ReleaseBills release={release} />
      </>
    )}
  </ReleaseFrame>
)
