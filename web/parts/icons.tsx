import type { ReactNode } from 'react'

/** Line drawings on a grid of 16, drawn for this app. They stand beside words, so screen readers skip them. */
const DRAWINGS = {
  move: <path d="M2.5 8h9M8 4.5 11.5 8 8 11.5M14 3v10" />,
  ticket: (
    <path d="M2 4.5h12v2.2a1.4 1.4 0 0 0 0 2.6v2.2H2V9.3a1.4 1.4 0 0 0 0-2.6zM9.5 5v1M9.5 7.5v1M9.5 10v1" />
  ),
  work: <path d="M3 3h10v10H3zM5.5 8.2l1.8 1.8 3.4-4" />,
  search: <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6 14 14" />,
  plus: <path d="M8 3v10M3 8h10" />,
  sun: (
    <path d="M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9" />
  ),
  moon: <path d="M13 9.6A5.5 5.5 0 0 1 6.4 3 5.5 5.5 0 1 0 13 9.6z" />,
  system: <path d="M2 3h12v8H2zM6 13.5h4M8 11v2.5" />,
  keyboard: <path d="M1.5 4h13v8h-13zM4 6.5h.01M6.5 6.5h.01M9 6.5h.01M11.5 6.5h.01M4.5 9.5h7" />,
  out: <path d="M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3" />,
  person: <path d="M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.5 14c.5-2.6 2.7-4 5.5-4s5 1.4 5.5 4" />,
  people: (
    <path d="M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c.3-2.3 2-3.5 4.5-3.5s4.2 1.2 4.5 3.5M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 10.3c1.5.5 2.3 1.6 2.5 3.2" />
  ),
  key: <path d="M5.5 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8.4 8.5h6M12 8.5v2.5M14.2 8.5v2" />,
  box: <path d="M8 2 14 5v6l-6 3-6-3V5zM2 5l6 3 6-3M8 8v6" />,
  house: <path d="M2.5 13.5v-9h6v9M8.5 7.5h5v6M1.5 13.5h13M4.5 7h2M4.5 9.5h2" />,
  globe: <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c2 2 2 10 0 12M8 2c-2 2-2 10 0 12" />,
  lock: <path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />,
  engine: (
    <path d="M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M3.6 12.4 5 11M11 5l1.4-1.4" />
  ),
  clip: (
    <path d="M13 7.5 8.2 12.3a3 3 0 0 1-4.3-4.3L8.8 3.2a2 2 0 0 1 2.9 2.9L7 10.8a1 1 0 0 1-1.5-1.4l4.2-4.2" />
  ),
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  more: <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" />,
  warn: <path d="M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6h.01" />,
  arrow: <path d="M3 8h9.5M9 4.5 12.5 8 9 11.5" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  file: <path d="M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2" />,
  link: <path d="M9.5 2.5H13.5V6.5M13.5 2.5 8 8M11.5 9v4.5h-9v-9H7" />,
  board: <path d="M2 3h3.4v10H2zM6.3 3h3.4v6H6.3zM10.6 3H14v8h-3.4z" />,
  queue: <path d="M2 9.5h3l1 2h4l1-2h3M2 9.5 4 3h8l2 6.5V13H2z" />,
  hammer: <path d="M9 6.5 3.5 12a1.3 1.3 0 0 0 1.8 1.8L10.6 8M8 3.5 12.5 8l1.8-1.8L9.8 1.7z" />,
  bridge: (
    <path d="M1.5 11.5h13M3.5 14V5M12.5 14V5M3.5 5c2.5 5 6.5 5 9 0M1.5 7.5 3.5 5M14.5 7.5 12.5 5M8 8.7v2.8" />
  ),
  horn: <path d="M2.5 6.5v3h2.5l6 3v-9l-6 3zM5 9.5l1 4M13.2 6.3a2.4 2.4 0 0 1 0 3.4" />,
  tag: <path d="M2 2.5h5.5L14 9l-5 5-6.5-6.5zM5.2 5.7h.01" />,
  calendar: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3M5.5 9h1.5M9 9h1.5M5.5 11.2h1.5" />,
  ask: (
    <path d="M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.2 6.4a1.8 1.8 0 1 1 2.7 1.5c-.6.4-.9.8-.9 1.4M8 11.4h.01" />
  ),
  bulb: <path d="M6 11.5c0-1.5-2-2.3-2-4.7a4 4 0 0 1 8 0c0 2.4-2 3.2-2 4.7zM6.5 14h3" />,
  gate: <path d="M2.5 13.5v-11M13.5 13.5v-11M2.5 5h11M2.5 9.5h11M5.5 5v8.5M8 5v8.5M10.5 5v8.5" />,
  dot: <path d="M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z" />,
} satisfies Readonly<Record<string, ReactNode>>

export type IconName = keyof typeof DRAWINGS

export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    {DRAWINGS[name]}
  </svg>
)
