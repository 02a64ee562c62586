import ReactMarkdown, { type Components, defaultUrlTransform } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import styles from './markdown.module.css'

/**
 * The one place where people's words become elements. Markdown becomes a tree and the tree becomes React elements: no
 * HTML is ever parsed or inserted, HTML in a text shows as text. Addresses are http, https or mailto. Images are not
 * fetched, because a picture on somebody's server tells that server who reads it; they become links.
 */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) =>
    typeof src === 'string' && src !== '' ? (
      <a href={src} target="_blank" rel="noopener noreferrer nofollow">
        {alt === undefined || alt === '' ? src : alt}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  // one screen has one first heading, and it is not in a comment
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h5>{children}</h5>,
  h5: ({ children }) => <h6>{children}</h6>,
  table: ({ children }) => (
    <div className={styles.wide}>
      <table>{children}</table>
    </div>
  ),
}

export const Markdown = ({ text }: { readonly text: string }) => (
  <div className={styles.markdown}>
    <ReactMarkdown remarkPlugins={[remarkGfm]} components={COMPONENTS} urlTransform={defaultUrlTransform}>
      {text}
    </ReactMarkdown>
  </div>
)
