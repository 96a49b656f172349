import { addDays } from 'date-fns';
import { Refusal } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { judgeContact } from '../policy/judge-contact.ts';
import { demandAddressReachable, demandReachable } from './demand-reachable.ts';
import { DRAFT_DAYS, type Draft } from './draft.ts';
import { evidenceChanged } from './evidence-changed.ts';

/** Refuses what a person cannot approve: `country-blocked` by the law of the recipient's country, what `demandAddressReachable` and
 *  `demandReachable` refuse of the person and the company, and `draft-lapsed` for a text that is older than 14 days or whose facts have
 *  changed. The send path asks all of it again. */
export async function demandApprovable(draft: Draft, at: Date): Promise<void> {
  const { workspaceId, companyId, contact } = draft;
  const verdict = judgeContact(contact);
  if (!verdict.allowed) throw new Refusal('country-blocked', { why: verdict.why });
  const [company, programme] = await Promise.all([getCompany(workspaceId, companyId), getProgramme(workspaceId)]);
  // The person first: what they asked for themselves is the truer word.
  await demandAddressReachable(programme, contact.email);
  await demandReachable(programme, company);
  const why = await lapsedBecause(draft, at);
  if (why) throw new Refusal('draft-lapsed', { why });
}

/** Why a text no longer holds, in a sentence; null while it does. */
export async function lapsedBecause(draft: Draft, at: Date): Promise<string | null> {
  if (at >= addDays(draft.writtenAt, DRAFT_DAYS)) return `It is older than ${DRAFT_DAYS} days.`;
  const fallen = evidenceChanged(draft, await getCompany(draft.workspaceId, draft.companyId));
  return fallen ? `What “${fallen}” rests on has changed.` : null;
}
