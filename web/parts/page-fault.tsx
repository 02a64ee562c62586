import { Button } from '@mantine/core'
import { useTexts } from '../texts/texts.tsx'
import { Empty } from './states.tsx'

/** A screen that broke, or whose file is gone because a newer version is running: loading the page again heals the second. */
export const PageFault = () => {
  const texts = useTexts()
  return (
    <Empty
      isScreen
      icon="warn"
      title={texts.states.fault}
      actions={<Button onClick={() => location.reload()}>{texts.states.reload}</Button>}
    >
      {texts.states.faultDetail}
    </Empty>
  )
}
