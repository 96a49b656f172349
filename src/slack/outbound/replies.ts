import type { WebClient } from '@slack/web-api';
import { type ReplyState, replyCard, replyTitle } from '../../../blocks/reply-card.ts';
import { getCompany } from '../../companies/company-repository.ts';
import { Refusal } from '../../errors.ts';
import { getDraft } from '../../outreach/draft-repository.ts';
import type { Reply } from '../../replies/reply.ts';
import { getReply } from '../../replies/reply-repository.ts';
import { keysOfAddress } from '../../suppression/suppression.ts';
import { findSuppression } from '../../suppression/suppression-repository.ts';
import { companyThreadPlace } from './company-thread.ts';
import { showOnce } from './post-once.ts';
import type { Place } from './post-repository.ts';
import { tellRefusal } from './tell-refusal.ts';

/** Shows a reply in the company's own thread, under the message it answers. */
async function showReply(client: WebClient, workspaceId: string, replyId: string, at: Date): Promise<Place> {
  const reply = await getReply(workspaceId, replyId);
  const thread = await companyThreadPlace(client, reply);
  const target = { workspaceId, key: `reply:${replyId}`, channel: thread.channel, threadTs: thread.ts };
  return showOnce(client, target, replyTitle(reply), async () => {
    const current = await getReply(workspaceId, replyId);
    return { text: replyTitle(current), blocks: replyCard(current, await stateOf(current, at)) };
  });
}

async function stateOf({ workspaceId, companyId, writtenTo }: Reply, at: Date): Promise<ReplyState> {
  const [{ decision }, suppression] = await Promise.all([
    getCompany(workspaceId, companyId),
    findSuppression(workspaceId, keysOfAddress(writtenTo)),
  ]);
  return { decision, silenced: suppression !== null, at };
}

/** As `showReply`; when the team channel may not be posted in, whoever sent the message hears why. */
export async function showReplyOrTell(client: WebClient, workspaceId: string, replyId: string, at: Date): Promise<void> {
  try {
    await showReply(client, workspaceId, replyId, at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { companyName, draftId } = await getReply(workspaceId, replyId);
    const { decidedBy, startedBy } = await getDraft(workspaceId, draftId);
    const target = { workspaceId, key: `reply-refused:${replyId}`, people: [decidedBy, startedBy] };
    await tellRefusal(client, target, `A reply from ${companyName} cannot be shown to the team.`, error);
  }
}
