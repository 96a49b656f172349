import { Refusal } from '../../errors.ts';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import { type Partner, presentPeople } from '../../onboard/partners/partner.ts';
import { personOf } from '../../onboard/partners/person-of.ts';
import { type AuditEntry, auditEntry } from '../../programme/audit/audit.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { CouponCode, isOwnTarget, type Link, LinkCode, mayHaveLinks, namesClick, proposedCode } from './link.ts';
import { endLink, findLink, insertLink } from './link-repository.ts';
import { getLinkRules } from './link-rules-repository.ts';

/** What a form says of a new link. Empty texts: `code` for one that is proposed, `target` for the company's front page. */
export type NewLink = { partnerId: string; campaign: string; code: string; target: string; personId: string | null; coupon: string };

/** Codes that are proposed one after the other, until one is free. */
const MOST_PROPOSED = 50;

/** Where links of a workspace may lead: the company's website and the domains that an admin added. */
export async function ownDomains(workspaceId: string): Promise<string[]> {
  const [{ company }, { domains }] = await Promise.all([getProgramme(workspaceId), getLinkRules(workspaceId)]);
  return [...new Set([...(company ? [company.website] : []), ...domains])];
}

/** Makes a link, for a manager or for one of the partner's people. Refuses what `demandOwnOrTeam` does, `link-not-for` for a partner whose types
 *  have none, `setup-incomplete` without a website, and, beside the field: `link-code-wrong`, `link-code-taken`, `link-target-elsewhere`,
 *  `coupon-wrong`, `coupon-taken`. */
export async function makeLink(actor: Actor, given: NewLink, at: Date): Promise<Link> {
  const { workspaceId, userId: by } = actor;
  const partner = await demandOwnOrTeam(actor, given.partnerId, { object: 'statement', need: 'manager', action: 'link.make', at });
  if (!mayHaveLinks(partner)) throw new Refusal('link-not-for', { name: partner.name });
  const target = await targetOf(workspaceId, given.target);
  const link = {
    ...{ workspaceId, partnerId: partner.id, campaign: given.campaign.trim().slice(0, 100), personId: personFor(actor, partner, given) },
    ...{ target, coupon: actor.kind === 'partner' ? null : couponOf(given.coupon), by, at, endedAt: null },
  };
  return given.code.trim() ? withCode(link, given.code) : withProposedCode(link, partner.name);
}

async function targetOf(workspaceId: string, typed: string): Promise<string> {
  const domains = await ownDomains(workspaceId);
  const [website] = domains;
  if (!website) throw new Refusal('setup-incomplete', { step: 'company' });
  const words = typed.trim() || website;
  const target = /^[a-z]+:/i.test(words) ? words : `https://${words}`;
  const isPlain = target.length <= 1000 && !/[\s"<>\\^`{|}]/.test(target) && URL.canParse(target);
  if (!isPlain || !isOwnTarget(target, domains) || namesClick(target))
    throw new Refusal('link-target-elsewhere', { domains: domains.slice(0, 5).join(', ') });
  // As a header carries it.
  return new URL(target).href;
}

function couponOf(typed: string): string | null {
  const coupon = CouponCode.safeParse(typed);
  if (!coupon.success) throw new Refusal('coupon-wrong');
  return coupon.data || null;
}

/** Whoever of the partner's people makes one has it in their name. */
function personFor(actor: Actor, partner: Partner, { personId }: Pick<NewLink, 'personId'>): string | null {
  if (actor.kind === 'partner') return personOf(partner, actor).contactId;
  return presentPeople(partner).some(({ id }) => id === personId) ? personId : null;
}

async function withCode(link: Omit<Link, 'code'>, typed: string): Promise<Link> {
  const code = LinkCode.safeParse(typed);
  if (!code.success) throw new Refusal('link-code-wrong');
  const made = { ...link, code: code.data };
  if (!(await insertLink(made, madeEntry(made)))) throw new Refusal('link-code-taken', { code: code.data });
  return made;
}

async function withProposedCode(link: Omit<Link, 'code'>, name: string): Promise<Link> {
  for (let count = 1; count <= MOST_PROPOSED; count++) {
    const made = { ...link, code: proposedCode(name, link.campaign, count) };
    if (await insertLink(made, madeEntry(made))) return made;
  }
  throw new Refusal('link-code-taken', { code: proposedCode(name, link.campaign) });
}

function madeEntry({ workspaceId, partnerId, by, at, code, campaign, target, coupon }: Link): AuditEntry {
  const after = { code, campaign, target, coupon };
  return auditEntry({ workspaceId, by, at, action: 'link.make', subject: `partner:${partnerId}`, after });
}

/** Ends a link: it still leads to its page, and counts nobody from then on. One that has ended stays so. Refuses `role-needed`, `internal-only`
 *  and `link-unknown`. */
export async function stopLink(actor: Actor, code: string, at: Date): Promise<{ changed: boolean }> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'link.end', subject: `link:${code}`, at });
  const link = await findLink(workspaceId, code);
  if (!link) throw new Refusal('link-unknown');
  const entry = auditEntry({ workspaceId, by, at, action: 'link.end', subject: `partner:${link.partnerId}`, after: { code } });
  return { changed: await endLink(workspaceId, code, at, entry) };
}
