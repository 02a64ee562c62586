import type { EveryonesTexts } from '../texts/en-everyone.ts'

/** A sentence of the server in the reader's language; one that only passes on what somebody else said stays as it is. */
export const say = (sentence: string, texts: Pick<EveryonesTexts, 'sentence'>): string =>
  texts.sentence(sentence) ?? sentence
