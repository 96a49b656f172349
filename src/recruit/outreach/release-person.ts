import { auditEntry } from '../../programme/audit/audit.ts';
import { isTheirAddress, type Whom } from '../../programme/privacy/whom.ts';
import { listOpenDrafts, rejectVersion } from './draft-repository.ts';
import { stopSuppressed } from './stop-thread.ts';

/** Takes back what is still to leave to somebody who is to be forgotten. False while a message is on the line at this moment, or its fate is still to
 *  be settled: try again in a minute. One of which nobody can say whether it left is closed, too. Safe to repeat. */
export async function releasePerson(whom: Whom, by: string, at: Date): Promise<boolean> {
  const { workspaceId, key, companyIds } = whom;
  await stopSuppressed(workspaceId, key, { because: 'decision', by, at });
  const theirs = (await listOpenDrafts(workspaceId)).filter(
    ({ companyId, contact }) => companyIds.includes(companyId) || isTheirAddress(whom, contact.email),
  );
  for (const draft of theirs) {
    const subject = `draft:${draft.id}`;
    const entry = auditEntry({ workspaceId, by, at, action: 'draft.close', subject, before: draft.status, after: { because: 'decision' } });
    await rejectVersion(draft, ['unknown', 'writing', 'waiting', 'failed', 'approved'], { code: 'closed', because: 'decision' }, entry);
  }
  return theirs.every(({ status }) => status !== 'sending');
}
