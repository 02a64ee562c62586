import { ReleaseContents as Contents } from '../parts/release-contents.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'

/** What is in a release, as its commits say. */
export const ReleaseContents = () => <ReleaseFrame>{({ id }) => <Contents id={id} />}</ReleaseFrame>
