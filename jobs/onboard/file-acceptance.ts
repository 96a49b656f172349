import { z } from 'zod';
import { acceptedCard, askDone } from '../../blocks/onboard/agreement.ts';
import type { Deps } from '../../src/deps.ts';
import { Refusal } from '../../src/errors.ts';
import { claimFiling, getAcceptance, moveAcceptances } from '../../src/onboard/agreements/acceptance-repository.ts';
import { agreementCopy } from '../../src/onboard/agreements/agreement-copy.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { demandAudience } from '../../src/slack/audience.ts';
import { putFile } from '../../src/slack/onboard/send-copy.ts';
import { type Message, showOnce } from '../../src/slack/post-once.ts';
import { findPost } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';
import { askKey } from './ask-agreement.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Files an acceptance in the partner's channel. */
export const fileAcceptance = defineJob({
  name: 'file-acceptance',
  payload: z.object({ workspaceId: z.string(), acceptanceId: z.string() }),
  once: true,
  run: async ({ workspaceId, acceptanceId }, deps) => {
    const given = await getAcceptance(workspaceId, acceptanceId);
    const { id: partnerId } = await getPartnerOnceMerged(workspaceId, given.partnerId);
    // It came while the record of the partner was merged with another.
    if (partnerId !== given.partnerId) await moveAcceptances(workspaceId, given.partnerId, partnerId);
    await deps.enqueue(showChecklistJob, { workspaceId, partnerId });
    await fileCopy(workspaceId, acceptanceId, deps);
  },
});

/** Posts the record, once, and its copy as a file in the record's thread; false while it cannot. The message that asked for it says that it is done.
 *  Slack cannot be asked to take a file only once: when the process dies with it on the line, it is not sent again, and the record's button has it all
 *  the same. */
export async function fileCopy(
  workspaceId: string,
  acceptanceId: string,
  tools: Pick<Deps, 'log' | 'now' | 'slackFor' | 'publicUrl' | 'linkKey'>,
): Promise<boolean> {
  const { log, now, slackFor } = tools;
  try {
    const acceptance = await getAcceptance(workspaceId, acceptanceId);
    const { versionId, filedAt } = acceptance;
    const { id: partnerId, channel, status } = await getPartnerOnceMerged(workspaceId, acceptance.partnerId);
    if (!channel || status === 'ended' || filedAt) return false;
    const client = await slackFor(workspaceId);
    const to = { kind: 'partner-channel', channel, shown: { object: 'partner', partnerId } } as const;
    const say = (key: string, words: Message) => showOnce(client, { workspaceId, key, to }, words.text, async () => words);
    const place = await say(`acceptance:${acceptanceId}`, acceptedCard(acceptance));
    const asked = askKey(versionId, partnerId);
    if (await findPost(workspaceId, asked)) await say(asked, askDone(acceptance));
    const copy = await agreementCopy(acceptance);
    const there = { ...to, channel: place.channel };
    await demandAudience(client, workspaceId, there);
    if (!(await claimFiling(workspaceId, acceptanceId, now()))) return false;
    const document = { kind: 'acceptance', acceptanceId } as const;
    const holder = { kind: 'partner-channel', channel: place.channel, partnerId } as const;
    const target = {
      workspaceId,
      channel: place.channel,
      threadTs: place.ts,
      document,
      holder,
      to: there,
      key: `acceptance-file:${acceptanceId}`,
    };
    await putFile(client, target, { ...copy, text: 'The copy of it.' }, tools);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ workspace: workspaceId, acceptance: acceptanceId, code: error.code }, 'copy of an agreement not filed');
    return false;
  }
}
