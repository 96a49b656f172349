import { domainToASCII, domainToUnicode } from 'node:url';
import { z } from 'zod';
import { networkAddress, plainAddress } from '../suppression/suppression.ts';

/** One person by their address, or one company by its registrable domain: as the suppression list names them. */
export const WhomKey = z.object({ kind: z.enum(['address', 'company']), value: z.string().min(1) });
export type WhomKey = z.infer<typeof WhomKey>;

/** Whose data is meant, and all by which it is told: what is about them wholly, and what only names them. */
export type Whom = {
  workspaceId: string;
  key: WhomKey;
  /** The company's ids on file; empty for a person. */
  companyIds: string[];
  /** The company's names on file. They may be words of any text, so they are looked for as whole entries of the lists of whom to leave out. */
  called: string[];
  /** Records that are about them, and records that only name them, as the audit log names its subjects: `draft:<id>`. */
  subjects: string[];
  namedIn: string[];
  /** What they act under, as records name whoever did something. */
  userIds: string[];
  /** Companies that a person was written to at, or wrote from: where these stand may change. */
  atCompanies: string[];
};

/** Known by the key alone. */
export function bareWhom(workspaceId: string, key: WhomKey): Whom {
  return { workspaceId, key, companyIds: [], called: [], subjects: [], namedIn: [], userIds: [], atCompanies: [] };
}

/** The person's mailbox, however it is spelled, or one at the company's domain. Nothing else tells somebody from others: a name is many
 *  people's, and whoever writes to us chooses the one that is shown. */
export function isTheirAddress({ key }: Pick<Whom, 'key'>, email: string): boolean {
  const at = email.lastIndexOf('@');
  if (at < 1 || email === DELETED_ADDRESS) return false;
  return key.kind === 'address' ? networkAddress(email) === networkAddress(key.value) : isBelow(email.slice(at + 1), key.value);
}

function isBelow(host: string, domain: string): boolean {
  const name = domainToASCII(host) || host.toLowerCase();
  return name === domain || name.endsWith(`.${domain}`);
}

/** What stands in the place of a whole text that was deleted: long enough for whatever must have some letters. */
export const DELETED = '█████';
/** In the place of an address where stored data must have one; no mail can go there. Source: RFC 2606. */
export const DELETED_ADDRESS = 'deleted@deleted.invalid';

/** An entry of a list that says nothing but who they are. */
export function isTheirEntry(entry: string, { key, called }: Whom): boolean {
  return [key.value, ...called].some((one) => one.toLowerCase() === entry.trim().toLowerCase());
}

/** What a local part and a host are made of, one character at a time: no pattern runs along a whole text again and again. */
const LOCAL = /[\p{L}\p{N}._%+'-]/u;
const HOST = /[\p{L}\p{N}.-]/u;
const MOST_LOCAL = 64;
const MOST_HOST = 253;

/** With bars over their addresses and their domain, as long as these: no text falls short of what it must have, or goes over
 *  what it may. The same text when it has none. */
export function withoutThem(text: string, whom: Whom): string {
  const spans = [...addressSpans(text, whom), ...domainSpans(text, whom)].sort(([a], [b]) => a - b);
  if (spans.length === 0) return text;
  let [kept, end] = ['', 0];
  for (const [from, to] of spans) {
    if (from >= end) kept += text.slice(end, from);
    kept += '█'.repeat(Math.max(0, to - Math.max(from, end)));
    end = Math.max(end, to);
  }
  return kept + text.slice(end);
}

type Span = [from: number, to: number];

function addressSpans(text: string, whom: Whom): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const from = leftOf(text, at, LOCAL, MOST_LOCAL);
    let to = at + 1;
    while (to < text.length && to - at <= MOST_HOST && HOST.test(text.charAt(to))) to++;
    const host = text.slice(at + 1, to).replace(/[.-]+$/, '');
    const local = text.slice(from, at).replace(/^[.'%+-]+/, '');
    if (local && host && isTheirAddress(whom, plainAddress(`${local}@${host}`))) spans.push([at - local.length, at + 1 + host.length]);
  }
  return spans;
}

function domainSpans(text: string, { key }: Whom): Span[] {
  if (key.kind !== 'company') return [];
  const spellings = [...new Set([key.value, domainToUnicode(key.value)])].filter(Boolean);
  const lower = text.toLowerCase();
  return spellings.flatMap((spelling) => {
    if (!lower.includes(spelling)) return [];
    return [...text.matchAll(new RegExp(literally(spelling), 'giu'))].flatMap(({ 0: found, index }): Span[] => {
      const end = index + found.length;
      const isPart = /[\p{L}\p{N}_-]/u.test(text.charAt(index - 1)) || /^(?:[\p{L}\p{N}_-]|\.[\p{L}\p{N}])/u.test(text.slice(end, end + 3));
      return isPart ? [] : [[leftOf(text, index, HOST, MOST_HOST), end]];
    });
  });
}

function leftOf(text: string, at: number, allowed: RegExp, most: number): number {
  let from = at;
  while (from > 0 && at - from < most && allowed.test(text.charAt(from - 1))) from--;
  return from;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
