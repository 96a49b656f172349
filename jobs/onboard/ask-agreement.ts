import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { askCard, ownerNote } from '../../blocks/onboard/agreement.ts';
import type { Deps } from '../../src/deps.ts';
import { Refusal } from '../../src/errors.ts';
import { type AskStage, agreementOverview, askStage, type Overview } from '../../src/onboard/agreements/open-agreements.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';

/** Asks for a new version that has a day: partners in their channels, and their owners who has not accepted. */
export const askAgreement = defineJob({
  name: 'ask-agreement',
  payload: z.object({ workspaceId: z.string(), versionId: z.string() }),
  once: true,
  run: async ({ workspaceId, versionId }, deps) => askForAgreement(workspaceId, versionId, deps),
});

/** One message in each channel, which follows the stage, and one to each owner for each stage. What was said is not said again; a channel that is
 *  unclear is passed over and tried again by the next sweep. */
export async function askForAgreement(
  workspaceId: string,
  versionId: string,
  { log, now, slackFor }: Pick<Deps, 'log' | 'now' | 'slackFor'>,
): Promise<void> {
  const overview = await agreementOverview(workspaceId, versionId);
  const { version, open } = overview;
  const asked = open.filter(({ isAsked }) => isAsked);
  if (!version.askBy || asked.length === 0) return;
  const at = now();
  const stage = askStage(version, at);
  const client = await slackFor(workspaceId);
  const passOver = (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ workspace: workspaceId, agreement: versionId, code: error.code }, 'nobody was asked for an agreement there');
  };
  for (const state of asked) await askPartner(client, state, stage).catch(passOver);
  const owners = new Set(asked.map(({ partner }) => partner.owner));
  for (const owner of owners) await tellOwner(client, overview, owner, stage).catch(passOver);
}

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

async function tellOwner(client: WebClient, { version, open }: Overview, owner: string, stage: AskStage): Promise<void> {
  const { workspaceId, id } = version;
  const key = `agreement-open:${id}:${owner}:${stage.stage}`;
  if (await isShown(workspaceId, key, new Date(0))) return;
  const partners = open.filter(({ isAsked, partner }) => isAsked && partner.owner === owner).map(({ partner }) => partner);
  const note = ownerNote(version, partners, stage);
  await showOnce(client, { workspaceId, key, to: { kind: 'person', userId: owner } }, note.text, async () => note);
}
