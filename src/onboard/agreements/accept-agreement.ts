import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { noteMilestone } from '../checklists/follow-partner.ts';
import { demandPartner } from '../partners/demand-partner.ts';
import { personOf } from '../partners/person-of.ts';
import { insertAcceptance } from './acceptance-repository.ts';
import { listVersions } from './agreement-repository.ts';
import { type Acceptance, versionsFor } from './agreement-version.ts';
import { agreementsOf, isSettled } from './read-agreements.ts';

/** What whoever accepts says of themselves. */
export const Accepter = z.object({
  name: z.string('Give your name').trim().min(2, 'Give your name').max(120, 'At most 120 characters'),
  jobTitle: z.string('Give your position').trim().min(2, 'Give your position').max(120, 'At most 120 characters'),
});
export type Accepter = z.infer<typeof Accepter>;

/** Records that the actor's partner accepts the version that they saw. Of two at once the first is recorded, and both are told the same. Refuses
 *  `partner-only`, `partner-ended`, `agreement-unknown` for what was never theirs, and `agreement-replaced` with the id of the newer one when the
 *  version is in force for them no more. */
export async function acceptAgreement(
  actor: Actor,
  { versionId, name, jobTitle }: Accepter & { versionId: string },
  at: Date,
): Promise<{ acceptance: Acceptance; isNew: boolean }> {
  const partner = await demandPartner(actor);
  const { workspaceId, userId } = actor;
  const versions = await listVersions(workspaceId);
  const seen = versions.find(({ id }) => id === versionId);
  const inForce = versionsFor(versions, partner.types);
  if (!seen || versionsFor([seen], partner.types).length === 0) throw new Refusal('agreement-unknown');
  if (!inForce.includes(seen)) throw new Refusal('agreement-replaced', { versionId: inForce[0]?.id ?? '' });
  const { company } = await getProgramme(workspaceId);
  const { contactId } = personOf(partner, actor);
  const { number, title, hash } = seen;
  const accepted = await insertAcceptance(
    {
      ...{ workspaceId, partnerId: partner.id, companyId: partner.companyId, versionId, number, title, hash },
      ...{ partnerName: partner.name, ourName: company?.name ?? '', name, jobTitle, userId, at, filedAt: null },
      email: partner.people.find(({ id }) => id === contactId)?.email ?? '',
      teamId: actor.kind === 'partner' ? actor.teamId : '',
    },
    (id) =>
      auditEntry({
        ...{ workspaceId, by: userId, at, action: 'agreement.accept', subject: `acceptance:${id}` },
        after: { partnerId: partner.id, versionId, number, hash },
      }),
  );
  if (isSettled(await agreementsOf(partner))) await noteMilestone(workspaceId, partner.id, 'agreement-accepted', at);
  return accepted;
}
