import type { SandboxState } from '../contract.ts';
import type { Route } from './route.ts';

/** What a persona has seen: channel id → newest ts, `home` → hash, `mail` → newest time. Kept in the browser. */
type Seen = Record<string, string>;

const storageKey = (state: SandboxState): string => `sandbox.seen.${state.me.id}`;

function readSeen(state: SandboxState): Seen {
  try {
    const seen: unknown = JSON.parse(localStorage.getItem(storageKey(state)) ?? '{}');
    return typeof seen === 'object' && seen !== null
      ? Object.fromEntries(Object.entries(seen).map(([key, value]) => [key, String(value)]))
      : {};
  } catch {
    return {};
  }
}

function newest(state: SandboxState): Seen {
  const seen: Seen = { home: state.home?.hash ?? '' };
  const keepLater = (key: string, mark: string) => {
    if (mark > (seen[key] ?? '')) seen[key] = mark;
  };
  for (const { channel, ts, userId } of state.messages) if (userId !== state.me.id) keepLater(channel, ts);
  for (const { at } of state.mail) keepLater('mail', at);
  return seen;
}

/** Marks what is on the screen as seen and returns the keys of everything else that has news. */
export function unreadKeys(state: SandboxState, route: Route): Set<string> {
  const seen = readSeen(state);
  const latest = newest(state);
  const looking = route.kind === 'channel' ? route.channel : route.kind;
  const mark = latest[looking];
  if (mark && mark !== seen[looking] && document.visibilityState === 'visible') {
    seen[looking] = mark;
    localStorage.setItem(storageKey(state), JSON.stringify(seen));
  }
  return new Set(Object.keys(latest).filter((key) => key !== looking && latest[key] && (seen[key] ?? '') !== latest[key]));
}
