import type { Partner } from '../../onboard/partners/partner.ts';
import type { LinkRules } from '../links/link-rules.ts';
import type { Flag, Referral } from '../sales/sale.ts';
import { domainOfEmail, emailHashOf } from './conversion.ts';

/** One sign of who brought a customer: a click on a link, or a coupon that is bound to a partner. */
export type Claim = {
  by: 'link' | 'coupon';
  /** The conversion that names it. */
  conversion: string;
  /** By the record that the partner has now. */
  partnerId: string;
  code: string;
  /** The coupon; null for a link. */
  coupon: string | null;
  /** When the person clicked, or when the coupon was used. */
  at: Date;
  /** When the conversion happened that names it. */
  toldAt: Date;
};

export type Brought = Pick<Referral, 'partnerId' | 'by' | 'code' | 'coupon' | 'against'>;

/** Who brought a customer: the last link that they followed, or the last coupon that they used; where these are two partners', the workspace's
 *  rule decides. Null without any. Pure; the order does not matter. */
export function whoBrought(claims: readonly Claim[], { decider }: Pick<LinkRules, 'decider'>): Brought | null {
  const link = lastOf(claims, 'link');
  const coupon = lastOf(claims, 'coupon');
  const first = decider === 'coupon' ? (coupon ?? link) : (link ?? coupon);
  if (!first) return null;
  const other = first === link ? coupon : link;
  const against = other && other.partnerId !== first.partnerId ? { partnerId: other.partnerId, rule: decider } : null;
  return { partnerId: first.partnerId, by: first.by, code: first.code, coupon: coupon?.coupon ?? null, against };
}

function lastOf(claims: readonly Claim[], by: Claim['by']): Claim | null {
  const isAfter = (a: Claim, b: Claim) => a.at > b.at || (Number(a.at) === Number(b.at) && a.conversion > b.conversion);
  return claims.filter((claim) => claim.by === by).reduce<Claim | null>((last, one) => (last && !isAfter(one, last) ? last : one), null);
}

/** What is known of a customer who was brought. */
export type Customer = {
  domains: readonly string[];
  emailHashes: readonly string[];
  /** Another customer of the same domain that this partner brought before, by its id; null for none. */
  broughtBefore: string | null;
  /** What says that they were a customer already; null where nothing does. */
  known: string | null;
};

/** Why a person has to look before the partner is paid. Mailboxes that anybody can have are compared as a whole, others by their domain. */
export function flagsOf(
  { domains, emailHashes, broughtBefore, known }: Customer,
  partner: Pick<Partner, 'domains' | 'people'>,
): { flag: Flag; words: string }[] {
  const theirs = new Set([...partner.domains, ...partner.people.flatMap(({ email }) => domainOfEmail(email) ?? [])]);
  const people = new Set(partner.people.flatMap(({ email }) => emailHashOf(email) ?? []));
  const own = domains.find((domain) => theirs.has(domain));
  const self = own ?? (emailHashes.some((hash) => people.has(hash)) ? 'the address of one of its people' : null);
  return [
    ...(self ? [{ flag: 'self-referral' as const, words: self }] : []),
    ...(broughtBefore ? [{ flag: 'same-domain' as const, words: broughtBefore }] : []),
    ...(known ? [{ flag: 'known-customer' as const, words: known }] : []),
  ];
}
