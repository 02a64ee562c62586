import {
  type ButtonProps,
  createTheme,
  type ModalProps,
  type SelectProps,
  type TextareaProps,
  type TextInputProps,
  type TooltipProps,
} from '@mantine/core'
import type { EveryonesTexts } from './texts/en-everyone.ts'

/** By the parts' types alone: to name the parts here would have every screen fetch them all. */
interface Of<Props> {
  readonly defaultProps: Partial<Props>
}

/**
 * How the library's parts behave here. A dialog does not lock the page's scrolling: that would write a style element,
 * which the content security policy forbids, and the ground behind it is covered anyway.
 */
export const makeTheme = ({ forms }: EveryonesTexts) =>
  createTheme({
    cursorType: 'pointer',
    focusRing: 'auto',
    defaultRadius: 'sm',
    components: {
      // a cross is no name
      CloseButton: { defaultProps: { 'aria-label': forms.close } },
      Button: { defaultProps: { size: 'xs' } } satisfies Of<ButtonProps>,
      Modal: {
        defaultProps: {
          lockScroll: false,
          centered: true,
          overlayProps: { backgroundOpacity: 0.45 },
          transitionProps: { duration: 100 },
        },
      } satisfies Of<ModalProps>,
      // its head is no head of the page, of which there is one already
      ModalHeader: { defaultProps: { component: 'div' } },
      Select: { defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } } satisfies Of<SelectProps>,
      TextInput: { defaultProps: { size: 'sm' } } satisfies Of<TextInputProps>,
      Textarea: { defaultProps: { size: 'sm' } } satisfies Of<TextareaProps>,
      Tooltip: {
        defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 320 },
      } satisfies Of<TooltipProps>,
    },
  })
