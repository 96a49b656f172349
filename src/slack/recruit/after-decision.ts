import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import type { Deps } from '../../deps.ts';
import { type Company, isOptOut } from '../../programme/companies/company.ts';
import { keysOfCompany } from '../../programme/suppression/suppression.ts';
import { refreshDigestOf } from '../discover/refresh-digest.ts';

/** After a decision on a company: outreach to it stops unless it is to go on, its line in the digest follows, and the weights learn. Queued each
 *  time, also when nothing changed: the click before may have died in between. */
export async function afterDecision({ id, workspaceId, domain, decision }: Company, deps: Pick<Deps, 'enqueue'>): Promise<void> {
  const { enqueue } = deps;
  if (decision && decision.kind !== 'pursued') {
    const { by } = decision;
    await enqueue(stopOutreach, { workspaceId, because: 'decision', by, what: { kind: 'decided', companyId: id } });
    if (isOptOut(decision)) {
      for (const what of keysOfCompany(domain)) await enqueue(stopOutreach, { workspaceId, because: 'opt-out', by, what });
    }
  }
  await refreshDigestOf(workspaceId, id, deps);
}
