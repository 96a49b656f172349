import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { learnFromEdits, type Suggestion } from '../style/learn-from-edits.ts';
import type { HouseStyle } from '../style/style.ts';
import type { Draft, DraftText } from './draft.ts';
import { getDraft, listEditedDrafts, reviseDraft } from './draft-repository.ts';
import { releaseSlots } from './send-slots-repository.ts';

/** Saves a person's edit as the next version; an approval given before is void. Claims whose sentence was edited away go with it.
 *  Refuses `role-needed`, `draft-unknown`, and `draft-moved-on` when the version edited is not the current one, has left or may have left. */
export async function editDraft(actor: Actor, seen: { draftId: string; version: number }, text: DraftText, at: Date): Promise<Draft> {
  const { workspaceId } = actor;
  const subject = `draft:${seen.draftId}`;
  await authorise(actor, 'manager', { action: 'draft.edit', subject, at });
  const draft = await getDraft(workspaceId, seen.draftId);
  const before = { version: draft.version, subject: draft.subject, body: draft.body, approval: draft.approval };
  const entry = auditEntry({ workspaceId, by: actor.userId, at, action: 'draft.edit', subject, before, after: text });
  const claims = draft.claims.filter((claim) => text.body.includes(claim.text));
  // English beside a text that says something else misleads.
  const english = text.body === draft.body ? draft.english : '';
  const revised = await reviseDraft(
    { ...draft, version: seen.version },
    { ...draft, ...text, claims, english, note: null },
    actor.userId,
    entry,
  );
  if (!revised) throw new Refusal('draft-moved-on');
  if (draft.approval) await releaseSlots(workspaceId, draft.approval.id);
  return revised;
}

/** What the team's edits suggest for its house style, from the last 200 edited drafts; without what is decided already. */
export async function suggestStyle({ workspaceId, replacements, dismissed }: HouseStyle): Promise<Suggestion[]> {
  const drafts = await listEditedDrafts(workspaceId);
  const edits = drafts.toReversed().flatMap(({ id, written, subject, body }) => {
    if (!written || (written.body === body && written.subject === subject)) return [];
    return [{ draftId: id, before: `${written.subject}\n${written.body}`, after: `${subject}\n${body}` }];
  });
  const taken = new Set(replacements.map(({ from }) => from));
  return learnFromEdits(edits, dismissed).filter(({ from }) => !taken.has(from));
}
