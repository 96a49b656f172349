import type { IncomingMessage } from 'node:http';
import { subMinutes } from 'date-fns';

/** More than any form of the page holds. */
const MAX_BYTES = 32 * 1024;
const COOKIE = 'partner-page';
/** As long as a session may last; the server ends it sooner. */
const COOKIE_S = 7 * 24 * 60 * 60;

/** What the form holds; null when there is more than anybody sends who means it. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Left before its end, the request stays open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

/** The session's secret in the cookie; empty without one. */
export function secretIn({ headers }: IncomingMessage): string {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}

/** No script reads it, no other site sends it with a form, and with https it crosses no network unencrypted. Without a secret, the cookie goes. */
export function sessionCookie(secret: string, base: string, publicUrl: string | null): string {
  const parts = [`${COOKIE}=${secret}`, `Path=${base}`, 'HttpOnly', 'SameSite=Lax', `Max-Age=${secret ? COOKIE_S : 0}`];
  return [...parts, ...(publicUrl?.startsWith('https:') ? ['Secure'] : [])].join('; ');
}

/** Whether the browser says that another site sends this. One that says nothing is asked by the form's token. */
export function isFromElsewhere({ headers }: IncomingMessage): boolean {
  const from = headers['sec-fetch-site'];
  return from !== undefined && from !== 'same-origin' && from !== 'none';
}

/** So many in so long: for one address that is typed, and for everybody together. Who asks cannot be told: behind a proxy all come from one place. */
const MOST = 5;
const MOST_OF_ALL = 1000;
const WINDOW_MINUTES = 10;
const MOST_ADDRESSES = 10_000;

/** Says whether one more is allowed for an address that was typed. Kept in this process alone. */
export function createLimit(): (address: string, at: Date) => boolean {
  const times = new Map<string, Date[]>();
  let all: Date[] = [];
  return (address, at) => {
    const isRecent = (time: Date) => time > subMinutes(at, WINDOW_MINUTES);
    const recent = (times.get(address) ?? []).filter(isRecent);
    all = all.filter(isRecent);
    if (recent.length >= MOST || all.length >= MOST_OF_ALL) return false;
    if (times.size >= MOST_ADDRESSES) times.clear();
    times.set(address, [...recent, at]);
    all.push(at);
    return true;
  };
}
