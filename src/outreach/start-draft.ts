import { randomUUID } from 'node:crypto';
import { auditEntry } from '../audit/audit.ts';
import { getCompany } from '../companies/company-repository.ts';
import { decideCompany } from '../digest/decide-company.ts';
import { Refusal } from '../errors.ts';
import { setupGaps } from '../programme/programme.ts';
import { getProgramme } from '../programme/programme-repository.ts';
import { authorise } from '../workspaces/authorise.ts';
import type { Actor } from '../workspaces/role.ts';
import { demandAddressReachable, demandReachable } from './demand-reachable.ts';
import type { Contact, Draft } from './draft.ts';
import { insertDraft } from './draft-repository.ts';

/** Opens a draft to one person at a company and marks the company as pursued. A company has one open draft: asking again
 *  returns it. Refuses `role-needed`, `company-unknown`, `company-gated`, `company-decided`, `address-closed`,
 *  `setup-incomplete`. */
export async function startDraft(actor: Actor, companyId: string, contact: Contact, at: Date): Promise<{ draft: Draft; changed: boolean }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'draft.start', subject: `company:${companyId}`, at });
  const [company, programme] = await Promise.all([getCompany(workspaceId, companyId), getProgramme(workspaceId)]);
  if (!programme.sender || !programme.company) throw new Refusal('setup-incomplete', { step: setupGaps(programme)[0] ?? 'sender' });
  demandReachable(programme, company);
  await demandAddressReachable(programme, contact.email);

  const { name, address } = programme.sender;
  const draft: Draft = {
    id: randomUUID(),
    workspaceId,
    companyId,
    companyName: company.name,
    version: 1,
    status: 'writing',
    contact,
    sender: { name, address },
    subject: '',
    body: '',
    claims: [],
    writer: null,
    note: '',
    startedBy: actor.userId,
    startedAt: at,
    editedBy: null,
    approval: null,
    decidedBy: null,
    decidedAt: null,
    messageId: null,
    updatedAt: at,
  };
  // Decided first: a crash in between leaves a pursued company without a draft, and the same click again completes it.
  await decideCompany(actor, companyId, { kind: 'pursued' }, at);
  const after = { companyId, contact };
  const entry = auditEntry({ workspaceId, by: actor.userId, at, action: 'draft.start', subject: `draft:${draft.id}`, after });
  return insertDraft(draft, entry);
}
