import { addDays } from 'date-fns';
import { auditEntry } from '../audit/audit.ts';
import type { Company, CompanyDecision, RejectionReason } from '../companies/company.ts';
import { getCompany } from '../companies/company-repository.ts';
import { saveDecision } from '../companies/save-decision.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** A company put off with *Later* may be suggested again after this many days. */
const LATER_DAYS = 30;

export type Choice =
  | { kind: 'pursued' }
  | { kind: 'later' }
  | { kind: 'not-fit'; reason: RejectionReason; note: string }
  | { kind: 'undecided' };

/** Records what the team decided about a candidate; the latest decision stands and can be taken back with `undecided`.
 *  Pressed twice, it changes nothing the second time. Refuses `role-needed` and `company-unknown`. */
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
  const decision = await decisionFrom(choice, company, userId, at);
  const entry = auditEntry({ workspaceId, by: userId, at, action: 'company.decide', subject, before: company.decision, after: decision });
  const decided = await saveDecision(company, decision, entry);
  // Somebody else decided between the read and the write: theirs stands, and this person sees it.
  return decided ? { company: decided, changed: true } : { company: await getCompany(workspaceId, companyId), changed: false };
}

/** The same choice again; a *Later* whose date has passed may be put off anew. */
function isSettled(decision: CompanyDecision | null, choice: Choice, at: Date): boolean {
  if (decision?.kind === 'later' && decision.until <= at) return false;
  if (decision?.kind === 'not-fit' && choice.kind === 'not-fit') return decision.reason === choice.reason && decision.note === choice.note;
  return (decision?.kind ?? 'undecided') === choice.kind;
}

function isOptOut(decision: CompanyDecision | null): boolean {
  return decision?.kind === 'not-fit' && decision.reason === 'no-contact';
}

async function decisionFrom(choice: Choice, company: Company, by: string, at: Date): Promise<CompanyDecision | null> {
  if (choice.kind === 'undecided') return null;
  if (choice.kind === 'later') return { kind: 'later', until: addDays(at, LATER_DAYS), by, at };
  const snapshot = await takeSnapshot(company, at);
  return { ...choice, ...(snapshot ? { snapshot } : {}), by, at };
}
