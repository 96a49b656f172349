import { addDays } from 'date-fns';
import { auditEntry } from '../../programme/audit/audit.ts';
import { type Company, type CompanyDecision, isOptOut, type RejectionReason, type Snapshot } from '../../programme/companies/company.ts';
import { getCompany, saveDecision } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { liftSuppression, suppress } from '../../programme/suppression/suppress.ts';
import { keysOfCompany } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { Reason } from '../fit/fit.ts';
import { findDigestOf } from './digest-repository.ts';
import { fitAmongOthers } from './rank-candidates.ts';

/** A company put off with *Later* may be suggested again after this many days. */
export const LATER_DAYS = 30;

export type Choice =
  | { kind: 'pursued' }
  /** Without a day, `LATER_DAYS` from now. */
  | { kind: 'later'; until?: Date }
  | { kind: 'partner' }
  | { kind: 'not-fit'; reason: RejectionReason; note: string }
  | { kind: 'undecided' };

/** Records what the team decided about a candidate; the latest decision stands and can be taken back with `undecided`. After `no-contact` the
 *  company is under silence, until an admin takes it back. Pressed twice, it changes nothing the second time. Refuses `role-needed` and
 *  `company-unknown`. */
export async function decideCompany(
  actor: Actor,
  companyId: string,
  choice: Choice,
  at: Date,
): Promise<{ company: Company; changed: boolean }> {
  const { workspaceId, userId } = actor;
  const subject = `company:${companyId}`;
  await authorise(actor, 'manager', { action: 'company.decide', subject, at });
  const company = await getCompany(workspaceId, companyId);
  if (isSettled(company.decision, choice, at)) return { company, changed: false };
  // Somebody asked to be left alone: only an admin may say that this no longer holds.
  if (isOptOut(company.decision)) await authorise(actor, 'admin', { action: 'company.decide', subject, at });
  // Silenced first: a crash in between leaves too much silence, and the same click again completes it.
  if (isSilence(choice)) await silenceCompany(actor, company, at);
  const decision = await decisionFrom(choice, company, userId, at);
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'company.decide', subject, before: company.decision, after: decision });
  const decided = await saveDecision(company, decision, entry);
  if (decided && isOptOut(company.decision) && !isSilence(choice)) await endSilence(actor, company, at);
  // Somebody else decided between the read and the write: theirs stands, and this person sees it.
  return decided ? { company: decided, changed: true } : { company: await getCompany(workspaceId, companyId), changed: false };
}

/** The same choice again; a *Later* whose date has passed may be put off anew. */
function isSettled(decision: CompanyDecision | null, choice: Choice, at: Date): boolean {
  if (decision?.kind === 'later' && (decision.until <= at || isOtherDay(decision.until, choice, at))) return false;
  if (decision?.kind === 'not-fit' && choice.kind === 'not-fit') return decision.reason === choice.reason && decision.note === choice.note;
  return (decision?.kind ?? 'undecided') === choice.kind;
}

/** A day that has passed is none: the choice means `LATER_DAYS` then, as without one. */
function isOtherDay(until: Date, choice: Choice, at: Date): boolean {
  return choice.kind === 'later' && choice.until !== undefined && choice.until > at && choice.until.getTime() !== until.getTime();
}

function isSilence(choice: Choice): boolean {
  return choice.kind === 'not-fit' && choice.reason === 'no-contact';
}

/** “Asked not to be contacted” holds for every path, also after the company is deleted and imported again. */
async function silenceCompany({ workspaceId, userId }: Actor, { domain }: Company, at: Date): Promise<void> {
  for (const key of keysOfCompany(domain)) await suppress(workspaceId, key, { reason: 'asked-us', via: 'card', by: userId, at });
}

/** Takes back what the card silenced; what they asked for themselves, by a link or a mail, stands. */
async function endSilence(actor: Actor, { workspaceId, domain }: Company, at: Date): Promise<void> {
  for (const key of keysOfCompany(domain)) {
    const entry = await findSuppression(workspaceId, [key]);
    if (entry?.via === 'card') await liftSuppression(actor, key, 'Reconsidered on the company’s card', at);
  }
}

async function decisionFrom(choice: Choice, company: Company, by: string, at: Date): Promise<CompanyDecision | null> {
  if (choice.kind === 'undecided') return null;
  const snapshot = await takeSnapshot(company, at);
  const decided = { ...(snapshot ? { snapshot } : {}), by, at };
  if (choice.kind !== 'later') return { ...choice, ...decided };
  return { kind: 'later', until: choice.until && choice.until > at ? choice.until : addDays(at, LATER_DAYS), ...decided };
}

/** How a company stood when the team was last shown it, else how the list and its details show it at this moment; null until set-up
 *  says whom we look for. */
export async function takeSnapshot(company: Company, at: Date): Promise<Snapshot | null> {
  const { workspaceId, id } = company;
  const shown = (await findDigestOf(workspaceId, id))?.items.find(({ companyId }) => companyId === id);
  if (shown?.shares) return { type: shown.type, shares: shown.shares };
  const { company: own } = await getProgramme(workspaceId);
  if (!own) return null;
  const { type, reasons } = await fitAmongOthers(workspaceId, company, at);
  return { type, shares: sharesOf(reasons) };
}

/** The share (0–1) of every criterion that is known and counts. */
export function sharesOf(reasons: readonly Reason[]): Record<string, number> {
  return Object.fromEntries(reasons.flatMap(({ criterion, points, max }) => (max > 0 ? [[criterion, points / max]] : [])));
}
