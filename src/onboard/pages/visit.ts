import { addDays, addHours, min } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import type { PartnerPerson } from '../../programme/workspaces/role.ts';
import { noteMilestone } from '../checklists/follow-partner.ts';
import { demandPartner } from '../partners/demand-partner.ts';
import { movePartner } from '../partners/move-partner.ts';
import type { Partner, PartnerContact } from '../partners/partner.ts';
import { userIdOfContact } from '../partners/person-of.ts';
import { findOpenLink, type PageOwner, takeLink } from './page-link-repository.ts';
import { endSession, extendSession, findSession, insertSession } from './page-session-repository.ts';
import { formTokenOf, newSecret, readSecret } from './secret.ts';

/** A session lasts so long after the last page, and at most so long in all. */
export const IDLE_HOURS = 12;
export const MOST_DAYS = 7;

type Visitor = { actor: PartnerPerson; partner: Partner; contact: PartnerContact };
/** Somebody of a partner, on their page. `formToken` goes into every form of theirs. */
export type Visit = Visitor & { at: Date; formToken: string };

/** Whether a link may still be used. Looking uses up nothing: scanners of mail open every link. */
export async function isLinkOpen(secret: string, at: Date): Promise<boolean> {
  const hash = readSecret(secret);
  const owner = hash && (await findOpenLink(hash, at));
  return owner ? (await visitorOf(owner)) !== null : false;
}

/** Uses a link up and begins a session; returns the secret of its cookie. The first one counts as the partner's arrival, as a channel does. Null
 *  for a link that is none, was used, has ended, or whose person or partnership is gone. */
export async function enterPage(secret: string, at: Date): Promise<string | null> {
  const hash = readSecret(secret);
  const owner = hash && (await takeLink(hash, at));
  const visitor = owner && (await visitorOf(owner));
  if (!owner || !visitor) return null;
  const session = newSecret();
  const { workspaceId, partnerId, contactId, linkBy } = owner;
  await insertSession(session.hash, { workspaceId, partnerId, contactId, createdAt: at, expiresAt: addHours(at, IDLE_HOURS) });
  const { userId: by } = visitor.actor;
  await recordAudit({ workspaceId, by, at, action: 'page.enter', subject: `partner:${partnerId}`, after: { contactId, linkBy } });
  await movePartner(workspaceId, partnerId, 'onboarding', by, at);
  await noteMilestone(workspaceId, partnerId, 'channel-connected', at);
  return session.secret;
}

/** Who visits with this cookie. The session goes on with each page; it ends when the person has left, when the partnership has ended, and in time. */
export async function findVisit(secret: string, at: Date): Promise<Visit | null> {
  const hash = readSecret(secret);
  const session = hash && (await findSession(hash, at));
  if (!hash || !session) return null;
  const visitor = await visitorOf(session);
  if (!visitor) {
    await endSession(hash);
    return null;
  }
  await extendSession(hash, min([addHours(at, IDLE_HOURS), addDays(session.createdAt, MOST_DAYS)]));
  return { ...visitor, at, formToken: formTokenOf(secret) };
}

/** *Leave*: the cookie opens nothing any more. */
export async function leavePage(secret: string): Promise<void> {
  const hash = readSecret(secret);
  if (hash) await endSession(hash);
}

/** Null when the person or the partnership is gone. */
async function visitorOf({ workspaceId, partnerId, contactId }: PageOwner): Promise<Visitor | null> {
  const actor: PartnerPerson = { kind: 'partner', workspaceId, userId: userIdOfContact(contactId), teamId: '', partnerId };
  try {
    const partner = await demandPartner(actor);
    const contact = partner.people.find(({ id }) => id === contactId);
    return contact ? { actor, partner, contact } : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
