import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type BoardQuery, useCardMove } from '../api/board.ts'
import { tell } from '../parts/tell.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import {
  type Board,
  type BoardState,
  cardOf,
  columnBeside,
  type Direction,
  type Lane,
  neighbour,
  type WorkCard,
  wouldBeOver,
} from './board.ts'
import { cardId } from './board-card.tsx'

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export interface Asked {
  readonly card: WorkCard
  readonly to: BoardState
}

/**
 * Moving cards, by mouse and by keyboard alike. By keyboard a card is picked up (Space), carried from column to column
 * (arrows) and put down (Space, Enter) or left where it was (Escape); each step is said aloud. Where a column has as
 * much as its team agreed on, it asks first.
 */
export const useBoardMoves = (
  board: Board,
  lanes: readonly Lane[],
  query: BoardQuery,
  /** Why nobody of this role moves anything; null: they may. */
  reason: string | null,
) => {
  const texts = useTexts()
  const move = useCardMove(query)
  const tellProblem = useTellProblem()
  const states = board.columns.map(({ state }) => state)
  const [held, setHeld] = useState<{ readonly key: string; readonly at: BoardState } | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [said, setSaid] = useState('')
  /** A card is another element in another column: the focus goes there with it. */
  const following = useRef<{ readonly key: string; readonly to: BoardState } | null>(null)
  useEffect(() => {
    if (following.current === null) return
    const { key, to } = following.current
    if (cardOf(board, key)?.state !== to) return
    document.getElementById(cardId(key))?.focus()
    following.current = null
  })

  const send = (card: WorkCard, to: BoardState): void => {
    const from = card.state as BoardState
    const name = texts.words.workItemState[to]
    move.mutate(
      { card, to },
      {
        onError: tellProblem,
        onSuccess: () =>
          tell({
            text: texts.board.moved(card.key, name),
            tone: 'good',
            undo: { label: texts.forms.undo, run: () => move.mutate({ card, to: from }) },
          }),
      },
    )
  }
  const put = (key: string, to: BoardState): void => {
    const card = cardOf(board, key)
    const column = board.columns.find(({ state }) => state === to)
    if (card === null || column === undefined || card.state === to) return
    if (wouldBeOver(column, card)) setAsked({ card, to })
    else send(card, to)
  }

  const latest = useRef(put)
  latest.current = put
  useEffect(
    () =>
      monitorForElements({
        onDrop: ({ source, location }) => {
          const to = location.current.dropTargets[0]?.data['state']
          const key = source.data['key']
          if (typeof key === 'string' && typeof to === 'string') latest.current(key, to as BoardState)
        },
      }),
    [],
  )

  const pickUp = (card: WorkCard): void => {
    if (reason !== null) {
      tell({ text: reason, tone: 'warn' })
      return
    }
    setHeld({ key: card.key, at: card.state as BoardState })
    setSaid(texts.board.pickedUp(card.key, texts.words.workItemState[card.state]))
  }
  const putDown = (): void => {
    if (held === null) return
    const card = cardOf(board, held.key)
    setSaid(texts.board.putDown(held.key, texts.words.workItemState[held.at]))
    setHeld(null)
    following.current = { key: held.key, to: held.at }
    if (card !== null) put(card.key, held.at)
  }
  const letGo = (): void => {
    if (held === null) return
    setSaid(texts.board.letGo(held.key))
    setHeld(null)
  }
  const carry = (direction: Direction): void => {
    if (held === null) return
    const to = columnBeside(states, held.at, direction)
    if (to === null) {
      setSaid(texts.board.noFurther)
      return
    }
    setHeld({ ...held, at: to })
    setSaid(texts.board.overColumn(texts.words.workItemState[to]))
  }

  const pressed = (card: WorkCard) => (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isHeld = held?.key === card.key
    const direction = ARROWS[event.key]
    if (event.key === ' ') isHeld ? putDown() : pickUp(card)
    else if (event.key === 'Enter' && isHeld) putDown()
    else if (event.key === 'Escape' && isHeld) letGo()
    else if (direction !== undefined && isHeld) carry(direction)
    else if (direction !== undefined) {
      const next = neighbour(lanes, states, card.key, direction)
      if (next !== null) document.getElementById(cardId(next))?.focus()
    } else return
    event.preventDefault()
  }
  return {
    ...{ held, said, pressed, letGo },
    asked,
    decide: (isYes: boolean): void => {
      if (isYes && asked !== null) send(asked.card, asked.to)
      else following.current = null
      setAsked(null)
    },
  }
}
