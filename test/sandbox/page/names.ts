import { state } from './client.ts';

export function userName(id: string): string {
  return state().users[id]?.name ?? id;
}

/** The channel's name without `#`, or null when this persona cannot see it. */
export function channelName(id: string): string | null {
  return state().channels.find((channel) => channel.id === id)?.name ?? null;
}

/** Changes when a name that blocks may show does; part of every drawn block's signature. */
export function namesSignature(): string {
  const { users, channels } = state();
  return JSON.stringify([users, channels]);
}
