import { noteWords } from '../../blocks/recruit/draft-notes.ts';
import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../src/recruit/outreach/send-draft.ts';
import { AT, aCompany, aProgramme, approved, aWaitingDraft, HOME, recorder } from './builders.ts';

/** A message that has left for Dana at Peatworks, of a workspace whose programme is made here. */
export async function aSentDraft({ workspaceId = HOME, domain = 'peatworks.example' } = {}): Promise<Draft & { messageId: string }> {
  await aProgramme(workspaceId);
  const { draft, approval } = await approved(await aWaitingDraft({ company: await aCompany({ workspaceId, domain }), workspaceId }));
  await sendApproved(workspaceId, draft.id, approval.id, { ...recorder(), now: () => AT });
  const sent = await getDraft(workspaceId, draft.id);
  if (sent.status !== 'sent' || !sent.messageId) throw new Error(`the draft is ${sent.status}: ${noteWords(sent.note)}`);
  return { ...sent, messageId: sent.messageId };
}
