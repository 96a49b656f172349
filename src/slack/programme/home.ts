import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { researchWords, type StandingState } from '../../../blocks/discover/research-card.ts';
import { type Beginning, EXTERNAL_HELP } from '../../../blocks/help.ts';
import type { HomePage } from '../../../blocks/onboard/due-checklists.ts';
import { partnerHome } from '../../../blocks/onboard/partner-home.ts';
import { homeView, noticeHome } from '../../../blocks/programme/home.ts';
import type { Deps } from '../../deps.ts';
import { findLatestDigest } from '../../discover/digest/digest-repository.ts';
import { isStanding } from '../../discover/research/research.ts';
import { findRunning } from '../../discover/research/research-repository.ts';
import { getSpending, spendingDay } from '../../discover/research/spending-repository.ts';
import { Refusal } from '../../errors.ts';
import { countDeals } from '../../manage/deals/deal-repository.ts';
import { demandPartner } from '../../onboard/partners/demand-partner.ts';
import { mayShow } from '../../onboard/partners/may-show.ts';
import { countCompanies } from '../../programme/companies/company-names.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, Member, PartnerPerson } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick, SlackEvent } from '../listener.ts';
import { readFacts } from '../onboard/show-checklist.ts';
import { linksOf } from '../recruit/inbox.ts';
import { firstPage, readHome } from './read-home.ts';

type HomeDeps = Pick<Deps, 'research' | 'now'>;

export async function publishHome(client: WebClient, userId: string, view: HomeView): Promise<void> {
  await client.views.publish({ user_id: userId, view });
}

/** Shows a person their Home tab as things stand now: a colleague the team's, a partner's person their company's, everybody else whom to ask. All of
 *  it is stored: Slack is asked for nothing. */
export async function showHome(client: WebClient, actor: Actor, deps: HomeDeps, page?: HomePage): Promise<void> {
  await publishHome(client, actor.userId, await renderHome(actor, deps, page));
}

/** What `showHome` publishes. Refuses `partner-only` and `partner-ended` to a partner's people. */
export async function renderHome(actor: Actor, deps: HomeDeps, page?: HomePage): Promise<HomeView> {
  switch (actor.kind) {
    case 'member':
      return teamHome(actor, deps, page ?? firstPage(actor));
    case 'partner':
      return theirHome(actor, deps.now());
    case 'stranger':
      return noticeHome(EXTERNAL_HELP);
  }
}

async function teamHome(actor: Member, deps: HomeDeps, page: HomePage): Promise<HomeView> {
  const { workspaceId } = actor;
  const [beginning, facts, standing] = await Promise.all([
    readBeginning(workspaceId),
    readHome(actor, page, deps.now()),
    readStanding(workspaceId, deps),
  ]);
  const links = await linksOf(workspaceId, facts.inbox);
  return homeView({ ...beginning, ...facts, links, standing, actor });
}

async function theirHome(actor: PartnerPerson, at: Date): Promise<HomeView> {
  const partner = await demandPartner(actor);
  const shown = { object: 'partner', partnerId: partner.id } as const;
  if (!mayShow(shown, { reader: actor, place: { kind: 'unclear' }, surface: 'home' })) throw new Refusal('partner-only');
  const deals = countDeals(actor.workspaceId, { partnerId: partner.id });
  return partnerHome(await readFacts(partner, at), await deals, actor);
}

async function readStanding(workspaceId: string, { research, now }: HomeDeps): Promise<StandingState | null> {
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

const Page = z.object({ from: z.number().int().min(0).max(100_000), mine: z.boolean() });

/** Another page of the checklists with steps due, or whose. */
export const onTurnHome =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'home.look', subject: 'home:due', at: deps.now() });
    await showHome(args.client, actor, deps, carried(Page, args.action.value));
  };
