import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { askCard, ownerNote } from '../../blocks/onboard/agreement.ts';
import { Refusal } from '../../src/errors.ts';
import type { AgreementVersion } from '../../src/onboard/agreements/agreement-version.ts';
import { type AskStage, agreementOverview, askStage, type Overview } from '../../src/onboard/agreements/open-agreements.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';

/** Asks for a new version, those who have accepted none or all whom its day concerns: partners in their channels, and their owners who has not accepted. One message in each channel, which
 *  follows the stage, and one to each owner for each stage. What was said is not said again; a channel that is unclear is passed over and tried again
 *  by the next sweep. */
export const askAgreement = defineJob({
  name: 'ask-agreement',
  payload: z.object({ workspaceId: z.string(), versionId: z.string() }),
  once: true,
  run: async ({ workspaceId, versionId }, { log, now, slackFor }) => {
    const { version, open } = await agreementOverview(workspaceId, versionId);
    const asked = open.filter(({ isAsked }) => isAsked);
    if (asked.length === 0) return;
    const stage = askStage(version, now());
    const client = await slackFor(workspaceId);
    const passOver = (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      log.warn({ workspace: workspaceId, agreement: versionId, code: error.code }, 'nobody was asked for an agreement there');
    };
    for (const state of asked) await askPartner(client, state, stage).catch(passOver);
    const partners = asked.map(({ partner }) => partner);
    for (const owner of new Set(partners.map(({ owner }) => owner))) {
      const theirs = partners.filter((partner) => partner.owner === owner);
      await noteOpen(client, version, theirs, stage).catch(passOver);
    }
  },
});

async function askPartner(client: WebClient, state: Overview['open'][number], stage: AskStage): Promise<void> {
  const { partner, version } = state;
  const { id: partnerId, workspaceId, channel } = partner;
  const key = askKey(version.id, partnerId);
  if (!channel || (await isShown(workspaceId, key, stage.since))) return;
  const to = { kind: 'partner-channel', channel, shown: { object: 'partner', partnerId } } as const;
  const card = askCard(state, stage);
  await showOnce(client, { workspaceId, key, to }, card.text, async () => card);
}

/** Names the message in a partner's channel that asks for a version. */
export function askKey(versionId: string, partnerId: string): string {
  return `agreement:${versionId}:${partnerId}`;
}

/** For partners of one owner. */
async function noteOpen(client: WebClient, version: AgreementVersion, partners: Partner[], stage: AskStage): Promise<void> {
  const [first] = partners;
  if (!first) return;
  const { id, workspaceId } = version;
  const key = `agreement-open:${id}:${first.owner}:${stage.stage}`;
  if (await isShown(workspaceId, key, new Date(0))) return;
  const message = ownerNote(version, partners, stage);
  await tellOwner(client, first, { key, title: message.text, message });
}
