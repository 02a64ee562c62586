import { Radio, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Enhancement, useChangeEnhancement, useEnhancementStep } from '../api/enhancements.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickComponent } from './pick-component.tsx'
import { PickWish } from './pick-wish.tsx'
import { useSaved } from './use-saved.ts'
import { WishWords } from './wish-words.tsx'

interface OfWish {
  readonly wish: Enhancement
  readonly close: () => void
}

/** Accepts or declines, in words that everybody who asked reads. */
export const DecideDialog = ({ wish, close, first }: OfWish & { readonly first: 'accept' | 'decline' }) => {
  const { enhancements } = useTexts()
  const step = useEnhancementStep(wish.key)
  const [decision, setDecision] = useState<'accept' | 'decline'>(first)
  const [words, setWords] = useState('')
  const told = (): void => {
    close()
    tell({ text: enhancements.told, tone: 'good' })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.decideTitle(wish.key)}
      send={() =>
        step.mutate(
          { step: 'decide', decision, words: words.trim(), revision: wish.revision },
          { onSuccess: told },
        )
      }
      sendLabel={enhancements.tell(wish.demand.tickets)}
      isSending={step.isPending}
      error={step.error}
      isReady={words.trim() !== ''}
      size="lg"
    >
      <Radio.Group
        label={enhancements.decision}
        value={decision}
        onChange={(value) => setDecision(value === 'decline' ? 'decline' : 'accept')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="accept" label={enhancements.accept} />
          <Radio value="decline" label={enhancements.decline} />
        </Stack>
      </Radio.Group>
      <Textarea
        label={enhancements.words}
        description={enhancements.wordsAbout}
        required
        data-autofocus
        autosize
        minRows={4}
        maxLength={20_000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** A new feature, or one there is already. */
export const BuildDialog = ({ wish, close }: OfWish) => {
  const { enhancements } = useTexts()
  const step = useEnhancementStep(wish.key)
  const [isNew, setNew] = useState(true)
  const [work, setWork] = useState('')
  const built = ({ workItem }: Enhancement): void => {
    close()
    tell({ text: enhancements.built(workItem?.key ?? ''), tone: 'good' })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.buildTitle(wish.key)}
      send={() =>
        step.mutate(
          { step: 'build', revision: wish.revision, ...(isNew ? {} : { workItem: work.trim() }) },
          { onSuccess: built },
        )
      }
      sendLabel={enhancements.build}
      isSending={step.isPending}
      error={step.error}
      isReady={isNew || work.trim() !== ''}
    >
      <p className="plain">{enhancements.buildAbout}</p>
      <Radio.Group
        aria-label={enhancements.work}
        value={isNew ? 'new' : 'known'}
        onChange={(value) => setNew(value === 'new')}
      >
        <Stack gap={6}>
          <Radio value="new" label={enhancements.newFeature} />
          <Radio value="known" label={enhancements.knownWork} />
        </Stack>
      </Radio.Group>
      {isNew ? null : (
        <TextInput
          aria-label={enhancements.knownWork}
          required
          maxLength={100}
          value={work}
          onChange={(event) => setWork(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}

export const MergeWishDialog = ({
  wish,
  close,
  unmerge,
}: OfWish & { readonly unmerge: (key: string) => void }) => {
  const texts = useTexts()
  const { enhancements } = texts
  const step = useEnhancementStep(wish.key)
  const [into, setInto] = useState<string | null>(null)
  const merged = ({ key }: Enhancement): void => {
    close()
    tell({
      text: enhancements.merged(key),
      tone: 'good',
      undo: { label: texts.forms.undo, run: () => unmerge(wish.key) },
    })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.mergeTitle(wish.key)}
      send={() =>
        into === null
          ? undefined
          : step.mutate({ step: 'merge', into, revision: wish.revision }, { onSuccess: merged })
      }
      sendLabel={enhancements.merge}
      isSending={step.isPending}
      error={step.error}
      isReady={into !== null}
      size="lg"
    >
      <p className="plain">{enhancements.mergeAbout}</p>
      <PickWish other={wish} value={into} choose={setInto} />
    </FormDialog>
  )
}

export const EditWishDialog = ({ wish, close }: OfWish) => {
  const texts = useTexts()
  const { enhancements } = texts
  const changing = useChangeEnhancement(wish.key)
  const saved = useSaved(close)
  const [title, setTitle] = useState(wish.title)
  const [problem, setProblem] = useState(wish.problem)
  const [publicWords, setPublic] = useState(wish.publicWords ?? '')
  const [component, setComponent] = useState(wish.component?.id ?? null)
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.editTitle(wish.key)}
      send={() =>
        changing.mutate(
          {
            ...{ title: title.trim(), problem: problem.trim(), component, revision: wish.revision },
            publicWords: publicWords.trim() === '' ? null : publicWords.trim(),
          },
          saved,
        )
      }
      sendLabel={texts.manage.save}
      isSending={changing.isPending}
      error={changing.error}
      isReady={title.trim() !== ''}
      size="lg"
    >
      <WishWords title={title} setTitle={setTitle} problem={problem} setProblem={setProblem} />
      <PickComponent
        product={wish.product.id}
        label={texts.fields.component}
        value={component}
        choose={setComponent}
      />
      <Textarea
        label={enhancements.publicWords}
        description={enhancements.publicAbout}
        autosize
        minRows={2}
        maxLength={20_000}
        value={publicWords}
        onChange={(event) => setPublic(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
