import type { Deps } from '../../deps.ts';
import { fitAmongOthers } from '../../discover/digest/rank-candidates.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { composeText } from './compose-text.ts';
import type { Draft } from './draft.ts';
import { readBasis } from './draft-grounds.ts';
import { finishWriting, getDraft } from './draft-repository.ts';
import { footerOf } from './footer.ts';

/** Writes the text of an opened draft, with the model or without, and puts it before the team. Does nothing when it is written. */
export async function writeDraft(
  workspaceId: string,
  draftId: string,
  { ask, now, publicUrl }: Pick<Deps, 'ask' | 'now' | 'publicUrl'>,
): Promise<Draft> {
  const draft = await getDraft(workspaceId, draftId);
  if (draft.status !== 'writing') return draft;
  const basis = await readBasis(draft);
  const { company: own, sender } = basis.programme;
  if (!own || !sender) throw new Error('a draft was opened before set-up was complete');

  const { type } = await fitAmongOthers(workspaceId, basis.company, now());
  const composed = await composeText(draft, basis, type, null, ask);
  if (!composed) throw new Error('a text that nobody wished otherwise was not written');
  const { manner, ...text } = composed;
  const { subject, body, writer, note, language } = text;
  const after = { writer, note, subject, body };
  const entry = auditEntry({ workspaceId, by: 'system', at: now(), action: 'draft.write', subject: `draft:${draftId}`, after });
  const footer = footerOf({ ...draft, language }, own, sender, publicUrl);
  const written = { subject, body, manner, asked: null };
  return (await finishWriting(draft, { ...text, footer, written }, entry)) ?? getDraft(workspaceId, draftId);
}
