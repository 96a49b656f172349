import type { SandboxState } from '../contract.ts';

/** What the window shows; it lives in the address, so that a reload or a copied link shows the same. */
export type Route = { kind: 'channel'; channel: string; thread: string | null; highlight: string | null } | { kind: 'home' } | MailRoute;

/** `of`: the address whose mails alone are shown. */
export type MailRoute = { kind: 'mail'; mail: string | null; of: string | null };

const toTs = (digits: string): string => `${digits.slice(0, -6)}.${digits.slice(-6)}`;
const toDigits = (ts: string): string => ts.replace('.', '');

export const channelHash = (channel: string): string => `#${channel}`;
export const messageHash = (channel: string, ts: string): string => `#${channel}/p${toDigits(ts)}`;
export const threadHash = (channel: string, ts: string): string => `#${channel}/t${toDigits(ts)}`;
export const homeHash = '#home';
export const mailHash = (mail?: string, of?: string | null): string =>
  `#mail${of ? `-of/${encodeURIComponent(of)}` : ''}${mail ? `/${encodeURIComponent(mail)}` : ''}`;

/** Reads the address; anything unknown shows the first channel. A link to a reply opens its thread. */
export function readRoute(hash: string, state: SandboxState): Route {
  if (hash === homeHash) return { kind: 'home' };
  const mail = state.me.external ? null : mailRoute(hash);
  if (mail) return mail;
  const [, id = '', mark, digits] = /^#([A-Z0-9]+)(?:\/([pt])(\d{7,}))?$/.exec(hash) ?? [];
  const known = state.channels.find((channel) => channel.id === id) ?? state.channels[0];
  const channel = known?.id ?? '';
  const ts = digits && channel === id ? toTs(digits) : null;
  if (mark === 't') return { kind: 'channel', channel, thread: ts, highlight: null };
  const target = state.messages.find((message) => message.channel === channel && message.ts === ts);
  const thread = target?.threadTs && target.threadTs !== ts ? target.threadTs : null;
  return { kind: 'channel', channel, thread, highlight: ts };
}

function mailRoute(hash: string): MailRoute | null {
  const [whole, of, mail] = /^#mail(?:-of\/([^/]+))?(?:\/([^/]*))?$/.exec(hash) ?? [];
  return whole === undefined ? null : { kind: 'mail', mail: decoded(mail), of: decoded(of) };
}

function decoded(part: string | undefined): string | null {
  try {
    return decodeURIComponent(part ?? '') || null;
  } catch {
    return null; // an address typed by hand with a stray %
  }
}
