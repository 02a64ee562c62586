import { deChangeSentences } from './de-change-sentences.ts'
import { deChatSentences } from './de-chat-sentences.ts'
import { deCheckSentences } from './de-check-sentences.ts'
import { deDeploymentSentences } from './de-deployment-sentences.ts'
import { deEnhancementSentences } from './de-enhancement-sentences.ts'
import { deEnvironmentSentences } from './de-environment-sentences.ts'
import { deGoLiveSentences } from './de-go-live-sentences.ts'
import { deOutreachSentences } from './de-outreach-sentences.ts'
import { dePackageSentences } from './de-package-sentences.ts'
import { deRepositorySentences } from './de-repository-sentences.ts'

/** Die Sätze der Teile, die eigene Dateien haben. */
export const dePartSentences: Readonly<Record<string, string>> = {
  ...deChangeSentences,
  ...deChatSentences,
  ...deCheckSentences,
  ...deDeploymentSentences,
  ...deEnhancementSentences,
  ...deEnvironmentSentences,
  ...deGoLiveSentences,
  ...deOutreachSentences,
  ...dePackageSentences,
  ...deRepositorySentences,
}
