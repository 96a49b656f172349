import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { changeBy, type Invitation, type InvitationChange, type Signal } from './invitation.ts';
import { getInvitation, saveInvitation } from './invitation-repository.ts';

/** Takes a signal in, whatever came before it; one that says nothing new changes nothing. `by` is a Slack user id or `system`. Refuses
 *  `invitation-unknown`. Tells nobody. */
export async function settleInvitation(
  workspaceId: string,
  id: string,
  signal: Signal,
  by: string,
  at: Date,
): Promise<{ invitation: Invitation; changed: boolean }> {
  return inRounds<{ invitation: Invitation; changed: boolean }>('settling an invitation', async () => {
    const seen = await getInvitation(workspaceId, id);
    const change = changeBy(seen, signal, at);
    if (!change) return { done: { invitation: seen, changed: false } };
    const saved = await save(seen, change, { by, at, signal: signal.kind });
    return saved && { done: { invitation: saved, changed: true } };
  });
}

async function save(seen: Invitation, change: InvitationChange, { by, at, signal }: { by: string; at: Date; signal: Signal['kind'] }) {
  const { workspaceId, partnerId, id, state } = seen;
  const entry = auditEntry({
    ...{ workspaceId, by, at, action: `invitation.${signal}`, subject: `partner:${partnerId}` },
    ...{ before: { invitation: id, state }, after: { invitation: id, state: change.state ?? state, reason: change.reason ?? '' } },
  });
  return saveInvitation(seen, change, entry).catch((error: unknown) => {
    // The partner has another one by now: of this, only what was heard is kept.
    if (!(error instanceof Refusal) || error.code !== 'invitation-open') throw error;
    const { state: _state, stateAt: _stateAt, ...heard } = change;
    return Object.keys(heard).length > 0 ? saveInvitation(seen, heard, entry) : seen;
  });
}
