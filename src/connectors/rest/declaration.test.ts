import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileDeclaration } from './declaration.ts'
import { fakeDeclaration } from './fake-declaration.ts'
import { fieldPath, readPath, writePath } from './field-path.ts'

const good = fakeDeclaration('https://issues.example.com/api', 'FAKE')
const problems = (value: unknown) => {
  const compiled = compileDeclaration(value)
  return compiled.ok ? [] : compiled.error
}
const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')

describe('compileDeclaration', () => {
  it('takes JSON, an object and YAML alike', () => {
    expect(problems(good)).toEqual([])
    expect(problems(JSON.stringify(good))).toEqual([])
    expect(problems(fixture('declaration.yaml'))).toEqual([])
  })

  it('takes the example of the README, because that is what people start from', () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
    const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1]
    expect(example).toContain('baseUrl')
    expect(problems(example)).toEqual([])
  })

  it('names the place of each problem and what to do', () => {
    const wrong = {
      ...good,
      auth: { type: 'basic' },
      item: {
        ...good.item,
        key: 'a..b',
        fields: { title: '=item.', colour: 'colour', labels: { read: 'labels', writeAs: '=val' } },
      },
      list: { ...good.list, page: { type: 'cursor' } },
      webhook: { ...good.webhook, signs: 'nothing' },
    }
    expect(problems(wrong)).toEqual([
      { at: '/auth/username', message: 'is missing: basic authentication needs it' },
      { at: '/webhook/signs', message: 'must hold {body}' },
      { at: '/item/key', message: 'the path "a..b" has an empty step: write names with dots between them' },
      {
        at: '/item/fields/title/read',
        message: expect.stringContaining('the expression is wrong at character'),
      },
      { at: '/item/fields/colour', message: expect.stringContaining('use one of title') },
      {
        at: '/item/fields/labels/writeAs',
        message: 'the expression is wrong at character 2: Unknown variable: val',
      },
      { at: '/list/page/query', message: 'is missing: the query member that takes the cursor' },
      { at: '/list/page/next', message: 'is missing: where the answer names the next cursor' },
    ])
  })

  it('refuses members it does not know, because a misspelled one would be ignored in silence', () => {
    expect(problems({ ...good, lists: {} })).toMatchObject([
      { at: '/lists', message: 'is not known here: is it misspelled?' },
    ])
    expect(problems({ ...good, get: { path: 'issues' } })).toMatchObject([{ at: '/get/path' }])
    expect(problems('tool: [').length).toBe(1)
    expect(problems(null).length).toBeGreaterThan(0)
  })

  it('refuses YAML whose aliases multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`
    expect(problems(bomb)).toMatchObject([{ at: '/', message: expect.stringContaining('not valid YAML') }])
  })

  it('refuses comments whose visibility is not said, because the default of a tool may be public', () => {
    expect(problems({ ...good, comments: { ...good.comments, visibility: {} } })).toMatchObject([
      { at: '/comments/visibility' },
    ])
  })
})

describe('field paths', () => {
  const path = (text: string) => {
    const made = fieldPath(text)
    if (!made.ok) throw new Error(made.error)
    return made.value
  }

  it('read dotted names, array positions and JSON pointers', () => {
    const value = { a: { b: [{ c: 1 }] }, 'x.y': { 'p/q': 2 } }
    expect(readPath(value, path('a.b.0.c'))).toBe(1)
    expect(readPath(value, path('/x.y/p~1q'))).toBe(2)
    expect(readPath(value, path(''))).toBe(value)
    expect(readPath(value, path('a.z.c'))).toBe(undefined)
    expect(readPath({ a: null }, path('a.b.c'))).toBe(null)
    expect(readPath('text', path('length'))).toBe(undefined)
    expect(readPath({}, path('toString'))).toBe(undefined)
  })

  it('write into objects made on the way, and never into prototypes', () => {
    const into = {}
    writePath(into, path('a.b'), 1)
    writePath(into, path('a.c'), null)
    expect(into).toEqual({ a: { b: 1, c: null } })
    for (const text of ['__proto__.x', 'a.constructor', '/prototype/x'])
      expect(fieldPath(text).ok).toBe(false)
  })
})
