import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { researchWords, type StandingState } from '../../../blocks/discover/research-card.ts';
import { type Beginning, EXTERNAL_HELP } from '../../../blocks/help.ts';
import { homeView, noticeHome, WAITING_SHOWN } from '../../../blocks/programme/home.ts';
import type { Deps } from '../../deps.ts';
import { findLatestDigest } from '../../discover/digest/digest-repository.ts';
import { isStanding } from '../../discover/research/research.ts';
import { findRunning } from '../../discover/research/research-repository.ts';
import { getSpending, spendingDay } from '../../discover/research/spending-repository.ts';
import { countCompanies } from '../../programme/companies/company-names.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { countSuppressions } from '../../programme/suppression/suppression-repository.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { listWaiting } from '../../recruit/pipeline/waiting.ts';
import { resolveActor } from '../actor.ts';
import type { SlackEvent } from '../listener.ts';
import { linksOf } from '../recruit/inbox.ts';

export async function publishHome(client: WebClient, userId: string, view: HomeView): Promise<void> {
  await client.views.publish({ user_id: userId, view });
}

/** Shows a person their Home tab as things stand now. All of it is stored: Slack is asked for nothing. */
export async function showHome(client: WebClient, actor: Actor, deps: Pick<Deps, 'research' | 'now'>): Promise<void> {
  const { workspaceId, userId } = actor;
  if (actor.kind !== 'member') return publishHome(client, userId, noticeHome(EXTERNAL_HELP));
  const [beginning, inbox, silent, standing] = await Promise.all([
    readBeginning(workspaceId),
    listWaiting(workspaceId, { from: 0, count: WAITING_SHOWN }),
    countSuppressions(workspaceId),
    readStanding(workspaceId, deps),
  ]);
  const links = await linksOf(workspaceId, inbox);
  await publishHome(client, userId, homeView({ ...beginning, inbox, links, silent, standing, actor }));
}

async function readStanding(workspaceId: string, { research, now }: Pick<Deps, 'research' | 'now'>): Promise<StandingState | null> {
  if (!research) return null;
  const [{ company, digest, researchPaused = false }, running, today] = await Promise.all([
    getProgramme(workspaceId),
    findRunning(workspaceId),
    getSpending(workspaceId, spendingDay(now())),
  ]);
  if (!company || !digest) return null;
  return {
    paused: researchPaused,
    words: running && isStanding(running) ? researchWords(running) : null,
    today,
    perDayUsd: research.perDayUsd,
  };
}

/** How far a workspace is on the way to its first digest. */
export async function readBeginning(workspaceId: string): Promise<Beginning> {
  const [programme, companies, roles, digest] = await Promise.all([
    getProgramme(workspaceId),
    countCompanies(workspaceId),
    listRoles(workspaceId),
    findLatestDigest(workspaceId),
  ]);
  return { programme, companies, roles, hasDigest: digest !== null };
}

export const onHomeOpened =
  (deps: Deps) =>
  async (args: SlackEvent<'app_home_opened'>): Promise<void> => {
    if (args.event.tab !== 'home') return;
    await showHome(args.client, await resolveActor(args), deps);
  };
