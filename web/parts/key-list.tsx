import { Modal, Switch } from '@mantine/core'
import { useTexts } from '../texts/texts.tsx'
import { KeyCaps } from './action-button.tsx'
import styles from './key-list.module.css'
import { useSingleKeys, writePreference } from './preferences.ts'
import { useOfferedKeys } from './use-keys.tsx'

/** `?`: what the keys of this screen do. Who speaks to their computer turns the single ones off here. */
export const KeyList = ({ isOpen, close }: { readonly isOpen: boolean; readonly close: () => void }) => {
  const texts = useTexts()
  const groups = useOfferedKeys()
  const singleKeys = useSingleKeys()
  return (
    <Modal opened={isOpen} onClose={close} title={texts.shell.keys} size="md">
      <div className={styles.groups}>
        {groups
          .filter(({ actions }) => actions.length > 0)
          .toReversed()
          .map(({ title, actions }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl className={styles.keys}>
                {actions.map(({ keys, label, reason }) => (
                  <div key={keys} data-off={reason != null}>
                    <dt>{label}</dt>
                    <dd>
                      <KeyCaps keys={keys} />
                      <span className="visually-hidden">{keys}</span>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
      <Switch
        mt="md"
        size="xs"
        label={texts.shell.singleKeys}
        description={texts.shell.singleKeysWhy}
        checked={singleKeys}
        onChange={(event) => writePreference('singleKeys', event.currentTarget.checked ? 'on' : 'off')}
      />
    </Modal>
  )
}
