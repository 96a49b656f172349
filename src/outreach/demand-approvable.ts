import { addDays } from 'date-fns';
import { getCompany } from '../companies/company-repository.ts';
import { Refusal } from '../errors.ts';
import { judgeContact } from '../policy/judge-contact.ts';
import { demandUnsuppressed } from './demand-reachable.ts';
import { DRAFT_DAYS, type Draft } from './draft.ts';
import { evidenceChanged } from './evidence-changed.ts';

/** Refuses what a person cannot approve: `country-blocked` by the law of the recipient's country, `address-suppressed`, and `draft-lapsed` for
 *  a text that is older than 14 days or whose facts have changed. The send path asks
 *  for the law, the silence and the facts again. */
export async function demandApprovable(draft: Draft, at: Date): Promise<void> {
  const verdict = judgeContact(draft.contact);
  if (!verdict.allowed) throw new Refusal('country-blocked', { why: verdict.why });
  await demandUnsuppressed(draft.workspaceId, draft.contact.email);
  const why = await lapsedBecause(draft, at);
  if (why) throw new Refusal('draft-lapsed', { why });
}

/** Why a text no longer holds, in a sentence; null while it does. */
export async function lapsedBecause(draft: Draft, at: Date): Promise<string | null> {
  if (at >= addDays(draft.writtenAt, DRAFT_DAYS)) return `It is older than ${DRAFT_DAYS} days.`;
  const fallen = evidenceChanged(draft, await getCompany(draft.workspaceId, draft.companyId));
  return fallen ? `What “${fallen}” rests on has changed.` : null;
}
