import type { WebClient } from '@slack/web-api';
import { escaped, person } from '../../../blocks/mrkdwn.ts';
import { type ReplyState, replyCard, replyTitle } from '../../../blocks/recruit/reply-card.ts';
import { Refusal } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import type { Reply } from '../../recruit/replies/reply.ts';
import { getReply } from '../../recruit/replies/reply-repository.ts';
import { tellRefusal } from '../answer-error.ts';
import { showOnce } from '../post-once.ts';
import type { Place } from '../post-repository.ts';
import { companyThreadTarget } from './drafts.ts';
import { peopleOf, tellReply } from './tell-reply.ts';

/** Shows a reply in the company's own thread, under the message it answers. */
async function showReply(client: WebClient, workspaceId: string, replyId: string, at: Date): Promise<Place> {
  const reply = await getReply(workspaceId, replyId);
  const target = { workspaceId, key: `reply:${replyId}`, ...(await companyThreadTarget(client, reply)) };
  const people = await peopleOf(reply);
  // Slack notifies of who is named when a message is posted, not of who is named in an update.
  const title = [replyTitle(reply), ...people.map(person)].join(' ');
  return showOnce(client, target, title, async () => {
    const current = await getReply(workspaceId, replyId);
    return { text: replyTitle(current), blocks: replyCard(current, await stateOf(current, at), people) };
  });
}

async function stateOf({ workspaceId, companyId, writtenTo }: Reply, at: Date): Promise<ReplyState> {
  const [{ decision }, suppression] = await Promise.all([
    getCompany(workspaceId, companyId),
    findSuppression(workspaceId, keysOfAddress(writtenTo)),
  ]);
  return { decision, silenced: suppression !== null, at };
}

/** As `showReply`, and those whose reply it is are told in their direct messages; when the team channel may not be posted in, whoever sent the
 *  message hears why. */
export async function showReplyOrTell(client: WebClient, workspaceId: string, replyId: string, at: Date): Promise<void> {
  try {
    const { link } = await showReply(client, workspaceId, replyId, at);
    await tellReply(client, await getReply(workspaceId, replyId), link);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { companyName, draftId } = await getReply(workspaceId, replyId);
    const { decidedBy, startedBy } = await getDraft(workspaceId, draftId);
    const target = { workspaceId, key: `reply-refused:${replyId}`, people: [decidedBy, startedBy] };
    await tellRefusal(client, target, `A reply from ${escaped(companyName)} cannot be shown to the team.`, error);
    await tellReply(client, await getReply(workspaceId, replyId), null);
  }
}
