import { Button, createTheme, Modal, Select, Textarea, TextInput, Tooltip } from '@mantine/core'
import type { Texts } from './texts/en.ts'

/**
 * How the library's parts behave here. A dialog does not lock the page's scrolling: that would write a style element,
 * which the content security policy forbids, and the ground behind it is covered anyway.
 */
export const makeTheme = ({ forms }: Texts) =>
  createTheme({
    cursorType: 'pointer',
    focusRing: 'auto',
    defaultRadius: 'sm',
    components: {
      // a cross is no name
      CloseButton: { defaultProps: { 'aria-label': forms.close } },
      Button: Button.extend({ defaultProps: { size: 'xs' } }),
      Modal: Modal.extend({
        defaultProps: {
          lockScroll: false,
          centered: true,
          overlayProps: { backgroundOpacity: 0.45 },
          transitionProps: { duration: 100 },
        },
      }),
      Select: Select.extend({ defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } }),
      TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
      Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
      Tooltip: Tooltip.extend({
        defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 320 },
      }),
    },
  })
