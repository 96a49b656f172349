import { auditEntry } from '../../programme/audit/audit.ts';
import type { Company } from '../../programme/companies/company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { listCompetitor } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { About, Ruling } from './review.ts';
import { listReviews, saveRuling } from './review-repository.ts';

/** What a person says: it may be suggested all the same, it is kept out for good, or the hold stands again. */
export type Says = Ruling['kind'] | 'hold-back';

/** Rules on what holds a company back; the last word stands, and the ranking follows at once. Who is kept out stands on the set-up's list of
 *  competitors, and any other word takes it off again. Pressed twice, it changes nothing the second time. Refuses `role-needed` and
 *  `company-unknown`. */
export async function ruleOnHold(
  actor: Actor,
  { companyId, about, says }: { companyId: string; about: About; says: Says },
  at: Date,
): Promise<Company> {
  const { workspaceId, userId: by } = actor;
  const subject = `company:${companyId}`;
  await authorise(actor, 'manager', { action: 'hold.rule', subject, at });
  const company = await getCompany(workspaceId, companyId);
  const seen = (await listReviews(workspaceId, [companyId])).find((review) => review.about === about)?.ruling ?? null;
  const next: Ruling | null = says === 'hold-back' ? null : { kind: says, by, at };
  // Off the list first, and onto it last: a crash in between leaves a hold that the same click ends.
  if (seen?.kind === 'keep-out' && next?.kind !== 'keep-out') await onList(false);
  if (seen?.kind !== next?.kind) {
    const change = { action: 'hold.rule', subject, before: seen && { about, ...seen }, after: { about, says } };
    // Somebody else ruled between the read and the write: theirs stands, and this person sees it.
    if (!(await saveRuling(company, about, { seen, next }, auditEntry({ workspaceId, by, at, ...change })))) return company;
  }
  if (next?.kind === 'keep-out') await onList(true);
  return company;

  async function onList(isOne: boolean): Promise<void> {
    const list = { competitors: [company.domain] };
    const change = { action: 'programme.save', subject: 'programme:leaveOut', before: isOne ? null : list, after: isOne ? list : null };
    await listCompetitor(workspaceId, company.domain, isOne, auditEntry({ workspaceId, by, at, ...change }));
  }
}
