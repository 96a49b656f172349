import type { Basis } from '../policy/country-policy.ts';
import { addressesIn } from '../writing/addresses.ts';

/** Where an address is from, as the person who names it chooses. `website`: of the recipient's company; `colleague`: somebody there. */
export const ORIGINS = ['website', 'register', 'event', 'network', 'provider', 'colleague', 'acquaintance', 'given'] as const;
export type Origin = (typeof ORIGINS)[number];

/** Of which there are many: the message says which one it was. */
export const NAMED: readonly Origin[] = ['register', 'event', 'network', 'provider'];

/** What the recipient is told of it. `page` and `agreed` stand for contacts of before the question was asked; null: only the text that a person
 *  typed then says it. `named`: a web address or a name, or nothing. */
export type ToldOrigin = { from: Origin | 'page' | 'agreed' | null; named: string };

type Known = { origin?: Origin | undefined; basis: Basis; source: string };

/** Of what a person typed, a web address and a proper name alone are told: all else may be a note for the team, or the proof that somebody agreed.
 *  Only where nothing else says whence an address of before the question was asked is its whole text told, as it was until then. */
export function originToTell({ origin, basis, source }: Known): ToldOrigin {
  const page = webAddressIn(source);
  if (origin === 'website') return { from: origin, named: page ?? '' };
  // Of a consent its proof stands there, which is a note of ours however it is written.
  const name = basis !== 'consent' && isProperName(source) ? source.trim() : '';
  if (origin) return { from: origin, named: NAMED.includes(origin) ? (page ?? name) : '' };
  if (basis === 'given') return { from: 'given', named: '' };
  if (basis === 'consent') return { from: 'agreed', named: '' };
  if (page || basis === 'published') return { from: 'page', named: page ?? '' };
  return { from: null, named: source.trim().replace(/[.\s]+$/, '') };
}

/** The first web address in a text, as it stands there; null for none. A mail address is none. */
export function webAddressIn(text: string): string | null {
  return addressesIn(text).find((found) => !/^[^\s/]+@/.test(found.text))?.text ?? null;
}

const MOST_WORDS = 5;

/** Few words without anything that parts sentences, of which the first does not begin with a small letter. */
export function isProperName(text: string): boolean {
  const name = text.trim();
  return /^(?!\p{Ll})[\p{L}\p{N}]/u.test(name) && !/[,;:()@"“”\n]|[.!?](\s|$)/.test(name) && name.split(/\s+/).length <= MOST_WORDS;
}
