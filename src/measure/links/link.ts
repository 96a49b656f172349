import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { nameKeyOf, type Partner } from '../../onboard/partners/partner.ts';

/** The parameter of the target that carries the click: whoever sells keeps it and sends it back with a conversion. */
const CLICK_PARAMETER = 'via';

const LONGEST_CODE = 40;
export const LinkCode = z
  .string('Give a code')
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, 'Use 3 to 40 letters, digits and hyphens, such as acme-spring');

/** Coupons are compared without case. */
export const CouponCode = z.string().trim().toUpperCase().max(60, 'Shorten it');

/** A referral link of a partner: `/r/CODE`. What it is for never changes; ended, it still leads to its page and counts nobody. */
export const Link = z.object({
  /** In lower case, once among all workspaces: nothing else in the address says whose it is. */
  code: LinkCode,
  workspaceId: z.string(),
  partnerId: z.string(),
  /** In the words of whoever made it; empty for none. */
  campaign: z.string().max(100),
  /** The contact's id of the partner's person whose link it is; null for the whole partner. */
  personId: z.string().nullable(),
  target: z.url(),
  /** In upper case, of one link of a workspace that goes on; null where no coupon is bound to the partner by it. */
  coupon: CouponCode.nullable(),
  /** A Slack user id, or `contact:` and an id. */
  by: z.string(),
  at: z.date(),
  endedAt: z.date().nullable(),
});
export type Link = z.infer<typeof Link>;

/** The types of partner that links are for. */
const LINKED_TYPES: ReadonlySet<string> = new Set(['affiliate', 'referral']);

export function mayHaveLinks({ types }: Pick<Partner, 'types'>): boolean {
  return types.some((type) => LINKED_TYPES.has(type));
}

/** A code made of the partner's name and the campaign; `count` from 2 on where the one before is taken. */
export function proposedCode(name: string, campaign: string, count = 1): string {
  const ascii = (words: string) => nameKeyOf(words).replace(/[^a-z0-9]/g, '');
  const words = [ascii(name) || 'partner', ascii(campaign)].filter(Boolean).join('-');
  const end = count > 1 ? `-${count}` : '';
  const code = `${words.slice(0, LONGEST_CODE - end.length).replace(/-$/, '')}${end}`;
  return code.length >= 3 ? code : `${code}-link`;
}

/** Whether an address leads to one of these domains or below it, encrypted and without a name and password in it. */
export function isOwnTarget(target: string, domains: readonly string[]): boolean {
  const url = URL.canParse(target) ? new URL(target) : null;
  if (url?.protocol !== 'https:' || url.username || url.password) return false;
  return domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
}

/** Whether the target has our own parameter already. */
export function namesClick(target: string): boolean {
  return URL.canParse(target) && new URL(target).searchParams.has(CLICK_PARAMETER);
}

/** The target with the click in it; its other parameters and its fragment stay as they are, to the letter. */
export function withClick(target: string, clickId: string): string {
  const [, page = '', fragment = ''] = /^([^#]*)(#.*)?$/s.exec(target) ?? [];
  const sign = !page.includes('?') ? '?' : /[?&]$/.test(page) ? '' : '&';
  return `${page}${sign}${CLICK_PARAMETER}=${clickId}${fragment}`;
}

/** Names one person's click on one link on one day: the same person gets the same again, and neither address nor browser can be told from it.
 *  `salt` is of that day and is forgotten after it. */
export function clickIdOf(salt: Buffer, code: string, { address, agent }: { address: string; agent: string }): string {
  return createHmac('sha256', salt)
    .update(JSON.stringify([code, address, agent]))
    .digest('base64url')
    .slice(0, 22);
}
