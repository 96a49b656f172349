import type { WebClient } from '@slack/web-api';
import { companyThread, draftCard, draftTitle } from '../../../blocks/draft-card.ts';
import { getCompany } from '../../companies/company-repository.ts';
import { Refusal } from '../../errors.ts';
import { getDraft } from '../../outreach/draft-repository.ts';
import { getProgramme } from '../../programme/programme-repository.ts';
import { showOnce } from './post-once.ts';
import { findPost, type Place } from './post-repository.ts';
import { tellRefusal } from './tell-refusal.ts';

/** Shows a draft's card in the company's own thread; the thread is started when it is the first. */
export async function showDraft(client: WebClient, workspaceId: string, draftId: string): Promise<Place> {
  const draft = await getDraft(workspaceId, draftId);
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const { domain } = await getCompany(workspaceId, draft.companyId);
  const head = companyThread(draft.companyName, domain);
  const threadKey = `company:${draft.companyId}`;
  const threadHead = { workspaceId, key: threadKey, channel: digest.channel };
  const thread = (await findPost(workspaceId, threadKey)) ?? (await showOnce(client, threadHead, head.text, async () => head));
  const target = { workspaceId, key: `draft:${draftId}`, channel: thread.channel, threadTs: thread.ts };
  return showOnce(client, target, draftTitle(draft), async () => {
    const current = await getDraft(workspaceId, draftId);
    return { text: draftTitle(current), blocks: draftCard(current) };
  });
}

/** As `showDraft`; when the team channel may not be posted in, whoever acted on the draft hears why. */
export async function showDraftOrTell(client: WebClient, workspaceId: string, draftId: string): Promise<void> {
  try {
    await showDraft(client, workspaceId, draftId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { companyName, decidedBy, editedBy, startedBy, version } = await getDraft(workspaceId, draftId);
    const target = { workspaceId, key: `draft-refused:${draftId}:${version}`, person: decidedBy ?? editedBy ?? startedBy };
    await tellRefusal(client, target, `The draft to ${companyName} cannot be shown to the team.`, error);
  }
}
