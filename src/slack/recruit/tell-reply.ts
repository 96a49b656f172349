import type { WebClient } from '@slack/web-api';
import { replyNotice, replyNoticeTitle } from '../../../blocks/recruit/reply-notice.ts';
import { Refusal } from '../../errors.ts';
import { getDraft, listThreadDrafts } from '../../recruit/outreach/draft-repository.ts';
import { isHeard, type Reply } from '../../recruit/replies/reply.ts';
import { getReply, markTold } from '../../recruit/replies/reply-repository.ts';
import { IN_SLACK } from '../answer-error.ts';
import { showOnce } from '../post-once.ts';
import { isShown } from '../post-repository.ts';

/** Whose reply it is: who started the message it answers, and who approved it, each once. Follow-ups are started by nobody, so theirs is who
 *  started the thread. Nobody for an absence, a delay or a program's word. */
export async function peopleOf(reply: Reply): Promise<string[]> {
  if (!isHeard(reply)) return [];
  const { workspaceId, draftId, threadId } = reply;
  const draft = await getDraft(workspaceId, draftId);
  const drafts = draft.startedBy === 'system' ? await listThreadDrafts(workspaceId, threadId) : [];
  const starter = [draft, ...drafts].find(({ startedBy }) => IN_SLACK.test(startedBy))?.startedBy;
  const people = [starter, draft.approval?.by, draft.decidedBy].filter((by): by is string => typeof by === 'string' && IN_SLACK.test(by));
  return [...new Set(people)];
}

/** Tells each of them in their direct messages, once, that a reply has come and where it is; nothing of what it says. Whoever has left is passed
 *  over. */
export async function tellReply(client: WebClient, reply: Reply, link: string | null): Promise<void> {
  const { workspaceId, id } = reply;
  for (const userId of await peopleOf(reply)) {
    const key = `reply-told:${id}:${userId}`;
    if (await isShown(workspaceId, key, new Date(0))) continue;
    try {
      const to = { kind: 'person', userId } as const;
      await showOnce(client, { workspaceId, key, to }, replyNoticeTitle(reply), async () =>
        replyNotice(await getReply(workspaceId, id), link),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  await markTold(workspaceId, id);
}
