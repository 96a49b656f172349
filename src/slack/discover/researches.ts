import type { WebClient } from '@slack/web-api';
import { researchCard, researchFindings, researchTitle } from '../../../blocks/discover/research-card.ts';
import type { Deps } from '../../deps.ts';
import { isStanding, isUnseen, type Research } from '../../discover/research/research.ts';
import { getResearch } from '../../discover/research/research-repository.ts';
import { getSpending, spendingDay } from '../../discover/research/spending-repository.ts';
import { pauseStanding } from '../../discover/research/standing-research.ts';
import { cancelResearch } from '../../discover/research/start-research.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { resolveActor } from '../actor.ts';
import { tellRefusal } from '../answer-error.ts';
import type { ButtonClick } from '../listener.ts';
import { showOnce } from '../post-once.ts';
import { showHome } from '../programme/home.ts';

/** Shows how a research stands in the team channel, and what it found in the thread below. A standing one is shown when it has ended, so that the
 *  channel hears of it once a day at most. */
async function showResearch(client: WebClient, workspaceId: string, id: string, { research: tools, now }: Pick<Deps, 'research' | 'now'>) {
  const { digest } = await getProgramme(workspaceId);
  if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
  const shown = await getResearch(workspaceId, id);
  if (isUnseen(shown)) return;
  const title = researchTitle(shown);
  const to = { kind: 'internal-channel', channel: digest.channel } as const;
  const head = await showOnce(client, { workspaceId, key: `research:${id}`, to }, title, async () => {
    const research = await getResearch(workspaceId, id);
    const today = await getSpending(workspaceId, spendingDay(now()));
    return { text: title, blocks: researchCard(research, today, tools?.perDayUsd ?? 0) };
  });
  const found = { workspaceId, key: `research-found:${id}`, to, thread: async () => head };
  await showOnce(client, found, 'What I look at', async () => {
    const research = await getResearch(workspaceId, id);
    return { text: 'What I look at', blocks: researchFindings(research) };
  });
}

/** As `showResearch`; when the team channel may not be posted in, whoever started the research hears why. */
export async function showResearchOrTell(
  client: WebClient,
  workspaceId: string,
  id: string,
  deps: Pick<Deps, 'research' | 'now'>,
): Promise<void> {
  try {
    await showResearch(client, workspaceId, id, deps);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const research = await getResearch(workspaceId, id);
    const target = { workspaceId, key: `research-refused:${id}`, people: await whoHears(research) };
    await tellRefusal(client, target, 'The research cannot be shown to the team.', error);
  }
}

/** Whoever started it; of one that nobody asked for, an admin, who can mend it. */
async function whoHears(research: Research): Promise<string[]> {
  if (!isStanding(research)) return [research.by];
  return (await listRoles(research.workspaceId)).flatMap(({ role, userId }) => (role === 'admin' ? userId : []));
}

/** *Pause* and *Go On* of standing research, on the Home tab. */
const onPause =
  (paused: boolean) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await pauseStanding(actor, paused, deps.now());
    await showHome(args.client, actor, deps);
  };
export const onPauseResearch = onPause(true);
export const onGoOnResearch = onPause(false);

/** *Cancel* on a research: what it has found stays. */
export const onCancelResearch =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { research } = await cancelResearch(actor, args.action.value ?? '', deps.now());
    await showResearchOrTell(args.client, actor.workspaceId, research.id, deps);
  };
