import { z } from 'zod';
import { readMailbox } from '../../src/recruit/replies/read-mailbox.ts';
import { defineJob } from '../job.ts';
import { settleReplyJob } from './settle-reply.ts';

/** Reads the mailbox that answers come to, when one is configured. A second reader finds it taken; a mail read twice is one reply. */
export const readMailboxJob = defineJob({
  name: 'read-mailbox',
  payload: z.object({}),
  every: '1 minute',
  run: async (_payload, { enqueue, log, now, readMailbox: mailbox }) => {
    if (!mailbox) return;
    const visit = await readMailbox(mailbox, now, {
      onReply: async ({ workspaceId, id, kind }) => {
        log.info({ workspace: workspaceId, reply: id, kind }, 'reply taken');
        await enqueue(settleReplyJob, { workspaceId, replyId: id });
      },
      onAmbiguous: (workspaces) => log.warn({ workspaces }, 'a mail may answer several workspaces and is left with none'),
      onPassed: (uid, err) => log.error({ uid, err }, 'a mail was passed over'),
    });
    if (!visit?.problem) return;
    const { problem: err, uid } = visit;
    if (uid === null) log.warn({ err }, 'the mailbox could not be read and is tried again');
    else log.warn({ uid, err }, 'a mail could not be taken and is tried again');
  },
});
