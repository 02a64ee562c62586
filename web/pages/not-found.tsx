import { Go } from '../parts/go.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Empty } from '../parts/states.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

export const NotFound = () => {
  const texts = useTexts()
  useTabTitle(texts.notFound.title)
  return (
    <Empty
      isScreen
      icon="search"
      title={texts.notFound.title}
      actions={<Go to={paths.home()}>{texts.notFound.home}</Go>}
    >
      {texts.notFound.about}
    </Empty>
  )
}
