import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { type BoardQuery, useExpedite } from '../api/board.ts'
import { useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { roleReason, sidesOf } from '../parts/roles.ts'
import { tell } from '../parts/tell.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './board.module.css'
import {
  type Board,
  type BoardColumn,
  cardOf,
  type Direction,
  type Lane,
  type LaneKind,
  lanesOf,
  neighbour,
} from './board.ts'
import { BoardCard, cardId } from './board-card.tsx'
import { BoardHead } from './board-head.tsx'
import { useBoardMoves } from './use-board-moves.ts'

/** Columns and rows of cards. It scrolls by itself, so that the page around it never does sideways. */
export const BoardGrid = ({
  board,
  by,
  query,
  team,
  more,
}: {
  readonly board: Board
  readonly by: LaneKind | null
  readonly query: BoardQuery
  readonly team: string | null
  /** Asks for more cards of a column. */
  readonly more: (column: BoardColumn) => ReactNode
}) => {
  const texts = useTexts()
  const self = useSelf()
  const reason = sidesOf(self).engineering ? null : roleReason(self, texts)
  const lanes = lanesOf(board, by)
  const moves = useBoardMoves(board, lanes, query, reason)
  const hint = useId()
  const all = board.columns.flatMap(({ cards }) => cards)
  const [focused, setFocused] = useState<string | null>(null)
  const first = all.some(({ key }) => key === focused) ? focused : (lanes.flatMap(cardsOf)[0]?.key ?? null)
  useBoardKeys(board, lanes, first, reason)
  const { asked } = moves
  return (
    <>
      <section className={styles.board} aria-label={texts.board.title}>
        <div className={styles.inner}>
          <div className={styles.heads}>
            {board.columns.map((column) => (
              <BoardHead key={column.state} column={column} team={team} />
            ))}
          </div>
          {lanes.map((lane) => (
            <LaneRow key={`${lane.isExpedite} ${lane.of}`} lane={lane} by={by} isAlone={lanes.length === 1}>
              {board.columns.map((column) => (
                <Cell key={column.state} state={column.state} isAimedAt={moves.held?.at === column.state}>
                  {(lane.cards[column.state] ?? []).map((card) => (
                    <BoardCard
                      key={card.key}
                      card={card}
                      isHeld={moves.held?.key === card.key}
                      isFirst={card.key === first}
                      isMovable={reason === null}
                      hint={hint}
                      focused={() => setFocused(card.key)}
                      pressed={moves.pressed(card)}
                    />
                  ))}
                </Cell>
              ))}
            </LaneRow>
          ))}
          <div className={styles.foot}>
            {board.columns.map((column) => (
              <div key={column.state}>{more(column)}</div>
            ))}
          </div>
        </div>
      </section>
      <p id={hint} className="visually-hidden">
        {reason ?? texts.board.how}
      </p>
      <div className="visually-hidden" role="status" aria-live="assertive">
        {moves.said}
      </div>
      {asked === null ? null : (
        <FormDialog
          isOpen
          close={() => moves.decide(false)}
          title={texts.board.overTitle(texts.words.workItemState[asked.to])}
          send={() => moves.decide(true)}
          sendLabel={texts.board.overYes}
          isSending={false}
          error={null}
        >
          <p className="plain">{texts.board.overAbout(asked.card.key)}</p>
        </FormDialog>
      )}
    </>
  )
}

const cardsOf = (lane: Lane) => Object.values(lane.cards).flatMap((cards) => cards ?? [])

const LaneRow = ({
  lane,
  by,
  isAlone,
  children,
}: {
  readonly lane: Lane
  readonly by: LaneKind | null
  readonly isAlone: boolean
  readonly children: ReactNode
}) => {
  const texts = useTexts()
  const name = (): string => {
    if (lane.isExpedite) return texts.board.expedite
    if (by === null) return texts.board.others
    if (lane.of === null) return texts.board.without[by]
    const severities: Readonly<Record<string, string>> = texts.words.severity
    return by === 'severity' ? (severities[lane.of] ?? lane.of) : lane.of
  }
  return (
    <section className={styles.lane} data-expedite={lane.isExpedite} aria-label={name()}>
      {isAlone && by === null && !lane.isExpedite ? null : (
        <h3>
          <span>
            {name()} <small>{lane.count}</small>
          </span>
        </h3>
      )}
      <div className={styles.cells}>{children}</div>
    </section>
  )
}

const Cell = ({
  state,
  isAimedAt,
  children,
}: {
  readonly state: BoardColumn['state']
  /** A card that is carried by keyboard would be put here. */
  readonly isAimedAt: boolean
  readonly children: readonly ReactNode[]
}) => {
  const texts = useTexts()
  const ref = useRef<HTMLUListElement>(null)
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    return dropTargetForElements({
      element,
      getData: () => ({ state }),
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: () => setOver(false),
    })
  }, [state])
  return (
    <ul
      ref={ref}
      className={styles.cell}
      data-aim={isOver || isAimedAt}
      aria-label={texts.words.workItemState[state]}
    >
      {children}
    </ul>
  )
}

/** The board's own keys, so that `?` tells them. Those that a card itself hears are told here and heard there. */
const useBoardKeys = (
  board: Board,
  lanes: readonly Lane[],
  current: string | null,
  reason: string | null,
): void => {
  const texts = useTexts()
  const expedite = useExpedite()
  const tellProblem = useTellProblem()
  const focus = (key: string | null): void => {
    if (key !== null) document.getElementById(cardId(key))?.focus()
  }
  const states = board.columns.map(({ state }) => state)
  /** The first press only shows where one is. */
  const go = (direction: Direction): void => {
    const isThere = current !== null && document.activeElement?.id === cardId(current)
    focus(isThere ? neighbour(lanes, states, current, direction) : current)
  }
  const toggle = (): void => {
    const card = current === null ? null : cardOf(board, current)
    if (card === null) return
    const set = (to: boolean) =>
      expedite.mutate(
        { key: card.key, expedite: to },
        {
          onError: tellProblem,
        },
      )
    set(!card.expedite)
    tell({
      text: texts.board.expediteDone(card.key, !card.expedite),
      tone: 'good',
      undo: { label: texts.forms.undo, run: () => set(card.expedite) },
    })
  }
  useKeys(texts.board.title, [
    { keys: 'j', label: texts.shell.next, run: () => go('down'), hidden: true },
    { keys: 'k', label: texts.shell.previous, run: () => go('up'), hidden: true },
    { keys: 'Space', label: texts.board.pickUp, run: () => {}, hidden: true, reason },
    { keys: '← → ↑ ↓', label: texts.board.carry, run: () => {}, hidden: true },
    { keys: 'Escape', label: texts.board.leave, run: () => {}, hidden: true },
    { keys: 'e', label: texts.board.toggleExpedite, run: toggle, reason },
  ])
}

/** Cards shown of a column, and a way to the rest. */
export const MoreCards = ({
  column,
  most,
  isAsking,
  ask,
  all,
}: {
  readonly column: BoardColumn
  /** The server shows no more than so many. */
  readonly most: number
  readonly isAsking: boolean
  readonly ask: () => void
  readonly all: ReactNode
}) => {
  const texts = useTexts()
  const shown = column.cards.length
  if (shown >= column.count) return null
  if (shown >= most) return all
  return (
    <Button variant="default" size="compact-sm" loading={isAsking} onClick={ask}>
      {texts.board.more(shown, column.count)}
    </Button>
  )
}
