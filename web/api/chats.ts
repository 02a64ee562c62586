import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/chats/schema.ts'
import { patch, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type Chat = Static<typeof schema.Chat>
export type NewChat = Static<typeof schema.NewChat>
export type ChatChange = Static<typeof schema.ChatChange>

export const useChats = (filters: Readonly<Record<string, string | undefined>>, enabled: boolean) => {
  const pages = usePages<Chat>(queryKeys.chatList(filters), '/chats', filters, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

export const useKeepChat = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: { readonly make: NewChat } | { readonly id: string; readonly set: ChatChange }) =>
      'make' in asked ? post<Chat>('/chats', asked.make) : patch<Chat>(`/chats/${asked.id}`, asked.set),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.chats }),
  })
}
