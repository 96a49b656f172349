import { auditEntry } from '../../programme/audit/audit.ts';
import type { Company } from '../../programme/companies/company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { About, Ruling } from './review.ts';
import { listReviews, saveRuling } from './review-repository.ts';

/** What a person says: it may be suggested all the same, it is kept out for good, or the hold stands again. */
export type Says = Ruling['kind'] | 'hold-back';

/** Rules on what holds a company back; the last word stands, and the ranking follows at once: the ruling itself is what keeps a company out,
 *  beside set-up's list of competitors, which no ruling changes. Pressed twice, it changes nothing the second time. Refuses `role-needed` and
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
  if (seen?.kind === next?.kind) return company;
  const change = { action: 'hold.rule', subject, before: seen && { about, ...seen }, after: { about, says } };
  // False when somebody else ruled between the read and the write: theirs stands, and this person sees it.
  await saveRuling(company, about, { seen, next }, auditEntry({ workspaceId, by, at, ...change }));
  return company;
}
