import { ReleaseFrame } from '../parts/release-frame.tsx'
import { ReleaseWaiting as Waiting } from '../parts/release-waiting.tsx'

/** Who waits for a release. */
export const ReleaseWaiting = () => <ReleaseFrame>{({ id }) => <Waiting id={id} />}</ReleaseFrame>
