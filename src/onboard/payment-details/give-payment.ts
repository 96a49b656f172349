import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { demandOwnOrTeam } from '../partners/demand-partner.ts';
import type { Partner } from '../partners/partner.ts';
import { personOf } from '../partners/person-of.ts';
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
  const whose = { by, byName, at, side: actor.kind === 'partner' ? 'partner' : 'team' } as const;
  const entry: PaymentEntry = { id, ...rest, sealed, ...whose, confirmedBy: null, confirmedAt: null };
  const audit = auditEntry({ workspaceId, by, at, action: 'payment.give', subject: `partner:${partnerId}`, after: { entryId: id } });
  await savePending(workspaceId, partnerId, entry, audit);
  return entry;
}

type Decided = { details: PaymentDetails; changed: boolean };

/** A second person of the team says that it is right: from now on it counts. Refuses `role-needed`, `second-person-needed` to whoever entered it, and
 *  `partner-moved-on` when another entry has come. */
export async function confirmPayment(
  actor: Actor,
  { partnerId, entryId }: { partnerId: string; entryId: string },
  at: Date,
): Promise<Decided> {
  const { workspaceId, userId: by } = actor;
  const seen = await demandDecidable(actor, { partnerId, entryId, action: 'payment.confirm' }, at);
  if (!seen.pending) return { details: seen, changed: false };
  if (seen.pending.by === by) throw new Refusal('second-person-needed');
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
