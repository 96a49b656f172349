import { randomUUID } from 'node:crypto';
import { subDays } from 'date-fns';
import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { MOST_DAYS } from '../pages/visit.ts';
import { demandOwnOrTeam } from '../partners/demand-partner.ts';
import { subjectsOf } from '../partners/merge-partners.ts';
import type { Partner } from '../partners/partner.ts';
import { isByMail, personOf } from '../partners/person-of.ts';
import { type NewPayment, type PaymentDetails, type PaymentEntry, sealReference } from './payment-details.ts';
import { confirmPending, dropPending, findPayment, savePending } from './payment-repository.ts';

/** How a partner is paid, to its own people and to the team. Refuses what `demandOwnOrTeam` does. */
export async function lookAtPayment(
  actor: Actor,
  partnerId: string,
  at: Date,
): Promise<{ partner: Partner; details: PaymentDetails | null }> {
  const partner = await demandOwnOrTeam(actor, partnerId, {
    object: 'statement',
    need: 'member',
    action: 'payment.look',
    at,
    evenEnded: true,
  });
  return { partner, details: await findPayment(actor.workspaceId, partnerId) };
}

/** Keeps what a partner's person, or a manager for them, says of how they are paid, sealed, until somebody else has confirmed it; what counted
 *  before counts until then. The record says who and when, and no value. Refuses what `demandOwnOrTeam` does, and `setting-missing` without a key. */
export async function givePayment(
  actor: Actor,
  partnerId: string,
  said: NewPayment,
  keys: readonly string[],
  at: Date,
): Promise<PaymentEntry> {
  const { workspaceId, userId: by } = actor;
  const partner = await demandOwnOrTeam(actor, partnerId, {
    object: 'statement',
    need: 'manager',
    action: 'payment.give',
    at,
    evenEnded: true,
  });
  const [key] = keys;
  if (!key) throw new Refusal('setting-missing', { name: 'DATA_KEY' });
  const { reference, ...rest } = said;
  const id = randomUUID();
  const sealed = sealReference(reference, id, key);
  const byName = actor.kind === 'partner' ? personOf(partner, actor).name : '';
  const notBy = isByMail(by) ? await letInBy(partner, by, at) : [];
  const whose = { by, byName, notBy, at, side: actor.kind === 'partner' ? 'partner' : 'team' } as const;
  const entry: PaymentEntry = { id, ...rest, sealed, ...whose, confirmedBy: null, confirmedAt: null };
  const audit = auditEntry({ workspaceId, by, at, action: 'payment.give', subject: `partner:${partnerId}`, after: { entryId: id } });
  await savePending(workspaceId, partnerId, entry, audit);
  return entry;
}

/** More entries of one kind than any partner has. */
const MOST_ENTRIES = 10_000;
const Given = z.object({ email: z.string() });
const Before = Given.nullable().catch(null);
const After = z.object({ email: z.string().optional(), people: z.array(Given).optional(), linkBy: z.string().optional() }).catch({});

/** Who of the team gave a person of the partner the address that they have, or sent a link that they came in by while a visit lasts. Each could have
 *  been that person. */
async function letInBy(partner: Partner, userId: string, at: Date): Promise<string[]> {
  const { workspaceId } = partner;
  const { contactId } = personOf(partner, { userId });
  const address = partner.people.find(({ id }) => id === contactId)?.email ?? '';
  const isTheirs = (one?: { email?: string | undefined } | null) => contactAddress(one?.email ?? '') === address;
  const givers: string[] = [];
  for (const subject of await subjectsOf(workspaceId, partner.id)) {
    const list = (action: string) => listAudit(workspaceId, { subject, action }, MOST_ENTRIES);
    const given = await Promise.all(['partner.add', 'partner.person-add', 'partner.person-edit', 'partner.person-left'].map(list));
    for (const { by, before, after } of given.flat()) {
      const said = After.parse(after);
      if ((said.people ?? [said]).some(isTheirs) && !isTheirs(Before.parse(before))) givers.push(by);
    }
    const visits = (await list('page.enter')).filter((visit) => visit.by === userId && visit.at >= subDays(at, MOST_DAYS));
    givers.push(...visits.flatMap(({ after }) => After.parse(after).linkBy ?? []));
  }
  return [...new Set(givers)];
}

type Decided = { details: PaymentDetails; changed: boolean };

/** A second person of the team says that it is right: from now on it counts. Refuses `role-needed`, `second-person-needed` to whoever entered it, `other-person-needed`
 *  to whoever let the one in who gave it on the page, and `partner-moved-on` when another entry has come. */
export async function confirmPayment(
  actor: Actor,
  { partnerId, entryId }: { partnerId: string; entryId: string },
  at: Date,
): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  const seen = await demandDecidable(actor, { partnerId, entryId, action: 'payment.confirm' }, at);
  if (!seen.pending) return { details: seen, changed: false };
  if (seen.pending.by === by) throw new Refusal('second-person-needed');
  if (seen.pending.notBy.includes(by)) throw new Refusal('other-person-needed');
  const audit = auditEntry({ workspaceId, by, at, action: 'payment.confirm', subject: `partner:${partnerId}`, after: { entryId } });
  const details = await confirmPending(seen, { by, at }, audit);
  if (!details) throw new Refusal('partner-moved-on');
  return { details, changed: true };
}

/** It is not right: what counted before goes on counting. Refuses `role-needed` and `partner-moved-on`. */
export async function turnDownPayment(
  actor: Actor,
  { partnerId, entryId }: { partnerId: string; entryId: string },
  at: Date,
): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  const seen = await demandDecidable(actor, { partnerId, entryId, action: 'payment.turn-down' }, at);
  if (!seen.pending) return { details: seen, changed: false };
  const audit = auditEntry({ workspaceId, by, at, action: 'payment.turn-down', subject: `partner:${partnerId}`, after: { entryId } });
  const details = await dropPending(seen, { by, at }, audit);
  if (!details) throw new Refusal('partner-moved-on');
  return { details, changed: true };
}

/** What waits, to whoever may decide it. Refuses `role-needed` and `partner-moved-on`. */
export async function reviewPayment(actor: Actor, about: { partnerId: string; entryId: string }, at: Date): Promise<PaymentDetails> {
  return demandDecidable(actor, { ...about, action: 'payment.review' }, at);
}

/** As it stands, with the entry still pending, or decided already by somebody. */
async function demandDecidable(
  actor: Actor,
  { partnerId, entryId, action }: { partnerId: string; entryId: string; action: string },
  at: Date,
): Promise<PaymentDetails> {
  await authorise(actor, 'manager', { action, subject: `partner:${partnerId}`, at });
  const details = await findPayment(actor.workspaceId, partnerId);
  if (!details) throw new Refusal('partner-unknown');
  const isDecided = details.current?.id === entryId || details.turnedDown?.id === entryId;
  if (details.pending?.id !== entryId && !isDecided) throw new Refusal('partner-moved-on');
  return isDecided ? { ...details, pending: null } : details;
}
