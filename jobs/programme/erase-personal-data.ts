import { z } from 'zod';
import { section } from '../../blocks/mrkdwn.ts';
import { DELETION_TITLE, deletionDone } from '../../blocks/programme/privacy-page.ts';
import type { Deps } from '../../src/deps.ts';
import { Refusal } from '../../src/errors.ts';
import { eraseWhom, silenceWhom } from '../../src/programme/privacy/erase-whom.ts';
import { gatherWhom } from '../../src/programme/privacy/read-whom.ts';
import { type Whom, WhomKey } from '../../src/programme/privacy/whom.ts';
import { releasePerson } from '../../src/recruit/outreach/release-person.ts';
import { showResearchOrTell } from '../../src/slack/discover/researches.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { replaceCards } from '../../src/slack/replace-cards.ts';
import { showDigestJob } from '../discover/show-digest.ts';
import { defineJob } from '../job.ts';
import { noteStageJob } from '../recruit/note-stage.ts';
import { showDraftJob } from '../recruit/show-draft.ts';
import { showReplyJob } from '../recruit/show-reply.ts';

/** Deletes what is kept of one person or one company. The queue forgets whom with the job. Tried again while a message to them is on the line. */
export const erasePersonalData = defineJob({
  name: 'erase-personal-data',
  payload: z.object({ id: z.string(), workspaceId: z.string(), key: WhomKey, by: z.string(), silence: z.boolean() }),
  run: async ({ id, workspaceId, key, by, silence }, deps) => {
    const { log, now, personalData, slackFor } = deps;
    const client = await slackFor(workspaceId);
    // Silence first: from here on nothing new begins.
    if (silence) await silenceWhom(workspaceId, key, by, now());
    const { whom } = await gatherWhom(workspaceId, key, personalData);
    if (!(await releasePerson(whom, by, now()))) throw new Error('a message to whom is to be deleted is on the line');
    // Slack first: once the records are gone, nobody knows their messages.
    await replaceCards(client, workspaceId, whom.subjects);
    await eraseWhom(whom, personalData, { id, by, at: now() });
    // What somebody else's job has shown again in between.
    await replaceCards(client, workspaceId, whom.subjects);
    await showAgain(whom, deps);
    log.info({ workspace: workspaceId, user: by, kind: key.kind }, 'personal data deleted');
    const text = deletionDone(key.kind, silence);
    const target = { workspaceId, key: `privacy:${id}`, to: { kind: 'person', userId: by } } as const;
    await showOnce(client, target, DELETION_TITLE, async () => ({ text, blocks: [section(text)] })).catch((error: unknown) => {
      // Whoever asked has left; it is done all the same.
      if (!(error instanceof Refusal)) throw error;
    });
  },
});

/** Brings up to date what named them and stays, and where their companies stand now. */
async function showAgain({ workspaceId, namedIn, atCompanies, subjects }: Whom, deps: Deps): Promise<void> {
  const { enqueue } = deps;
  const gone = new Set(subjects);
  for (const subject of namedIn.filter((one) => !gone.has(one))) {
    const [noun, id = ''] = subject.split(':');
    if (noun === 'digest') await enqueue(showDigestJob, { workspaceId, digestId: id });
    if (noun === 'draft') await enqueue(showDraftJob, { workspaceId, draftId: id });
    if (noun === 'reply') await enqueue(showReplyJob, { workspaceId, replyId: id });
    if (noun === 'research') await showResearchOrTell(await deps.slackFor(workspaceId), workspaceId, id, deps);
  }
  for (const companyId of atCompanies) await enqueue(noteStageJob, { workspaceId, companyId, anew: true });
}
