import type { Deps } from '../../deps.ts';
import { fitAmongOthers } from '../../discover/digest/rank-candidates.ts';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { otherText } from '../writing/other-text.ts';
import type { Manner } from '../writing/writing.ts';
import type { Draft, DraftStatus, Rewrite } from './draft.ts';
import { type Basis, readBasis } from './draft-grounds.ts';
import { getDraft, reviseDraft } from './draft-repository.ts';
import { footerAndNotice } from './footer.ts';
import { senderOf } from './new-draft.ts';
import { composeText, offlineInput } from './write-draft.ts';

/** Where a text may still be written otherwise: nobody has decided, and nothing can have left. */
const REWRITABLE = ['waiting', 'failed'] as const satisfies DraftStatus[];

export type RewriteRequest = { draftId: string; version: number; how: Rewrite; by: string };

/** Whether a text can be written otherwise, before anything is begun. Refuses `role-needed`, `draft-unknown`, `draft-moved-on` when the
 *  version is not the current one or was decided on, and `draft-no-other-text` when no model is connected and the offline writer has
 *  nothing else to offer. */
export async function demandRewritable(
  actor: Actor,
  { draftId, version, how }: Omit<RewriteRequest, 'by'>,
  { ask, now }: Pick<Deps, 'ask' | 'now'>,
): Promise<Draft> {
  await authorise(actor, 'manager', { action: 'draft.rewrite', subject: `draft:${draftId}`, at: now() });
  const draft = await getDraft(actor.workspaceId, draftId);
  if (draft.version !== version || !isRewritable(draft)) throw new Refusal('draft-moved-on');
  if (ask) return draft;
  const basis = await readBasis(draft);
  const { type } = await fitAmongOthers(actor.workspaceId, basis.company, now());
  const other = otherText(offlineInput(draft, basis, type), { body: draft.body, manner: mannerOf(draft, basis) }, how);
  if (!other) throw new Refusal('draft-no-other-text', { how });
  return draft;
}

/** Writes the text otherwise, as the next version. Whoever asks twice, or after somebody else, changes nothing: the version they saw is
 *  gone. What was decided on meanwhile stays as it is. Null when nothing was written. */
export async function rewriteDraft(
  workspaceId: string,
  { draftId, version, how, by }: RewriteRequest,
  { ask, now, publicUrl }: Pick<Deps, 'ask' | 'now' | 'publicUrl'>,
): Promise<Draft | null> {
  const draft = await getDraft(workspaceId, draftId);
  if (draft.version !== version || !isRewritable(draft)) return null;
  const basis = await readBasis(draft);
  const { company: own, sender } = basis.programme;
  if (!own || !sender) throw new Error('a draft was opened before set-up was complete');
  const fit = await fitAmongOthers(workspaceId, basis.company, now());
  const wish = { how, manner: mannerOf(draft, basis) };
  const composed = await composeText(draft, basis, { fit, wish, at: now() }, ask);
  if (!composed) return keepText(draft, { how, by }, now());
  const { manner, ...text } = composed;
  const { subject, body, writer, note, language } = text;
  const at = now();
  const before = { version, subject: draft.subject, body: draft.body };
  const after = { how, writer, note, subject, body };
  const entry = auditEntry({ workspaceId, by, at, action: 'draft.rewrite', subject: `draft:${draftId}`, before, after });
  const closing = footerAndNotice({ ...draft, language }, own, sender, publicUrl);
  const written = { subject, body, manner, asked: { how, by, at } };
  const { contact, optOutToken } = draft;
  return reviseDraft(draft, { ...text, ...closing, contact, sender: senderOf(sender), optOutToken, written }, null, entry, [...REWRITABLE]);
}

/** The model failed and the offline writer has nothing else: the card says so, and the text stays. */
async function keepText(draft: Draft, { how, by }: Pick<RewriteRequest, 'how' | 'by'>, at: Date): Promise<Draft | null> {
  const note = { code: 'no-other-text' } as const;
  const subject = `draft:${draft.id}`;
  const entry = auditEntry({ workspaceId: draft.workspaceId, by, at, action: 'draft.rewrite', subject, after: { how, note } });
  return reviseDraft(draft, { ...draft, note }, draft.editedBy, entry, [...REWRITABLE]);
}

function isRewritable({ status }: Draft): boolean {
  return REWRITABLE.some((open) => open === status);
}

/** As it was written; as the house writes where that is not known. */
function mannerOf({ written }: Draft, { style }: Basis): Manner {
  return written?.manner ?? { tone: style.tone, length: style.length, angle: 0 };
}
