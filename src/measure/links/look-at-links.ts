import { subDays } from 'date-fns';
import { demandOwnOrTeam } from '../../onboard/partners/demand-partner.ts';
import { findPartnerNow } from '../../onboard/partners/merge-partners.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartnerNamed, listPartnerBriefs } from '../../onboard/partners/partner-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { idsOf } from '../commissions/accrue-sale.ts';
import type { Conversion } from '../conversions/conversion.ts';
import { countTroubled, listTroubled } from '../conversions/conversion-repository.ts';
import type { Sale } from '../sales/sale.ts';
import { countReferred, listFlagged } from '../sales/sale-repository.ts';
import { countPeople } from './click-repository.ts';
import type { Link } from './link.ts';
import { listLinks } from './link-repository.ts';

/** A link with how many people followed it, how many of them became known as customers, and how many of these bought. */
export type LinkFigures = Link & { people: number; came: number; bought: number };
export type LinkList = { links: LinkFigures[]; total: number };
/** `partner`: whose links they are; null for all. */
export type LinksShown = LinkList & {
  partner: Partner | null;
  names: ReadonlyMap<string, string>;
  flagged: Sale[];
  troubled: Conversion[];
  /** Of these, how many there are. */
  troubledCount: number;
};

/** Links on one page. */
const MOST_LINKS = 15;
const MOST_FLAGGED = 8;
const MOST_TROUBLED = 8;
/** Days of which clicks are counted one by one. */
const RECENT_DAYS = 2;

/** All links, or those of the partner of this name, with what waits for a person. Refuses `role-needed`, `internal-only` and `partner-unknown`. */
export async function lookAtLinks(actor: Actor, name: string, at: Date): Promise<LinksShown> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'links.look', subject: 'link:all', at });
  const partner = name ? await getPartnerNamed(workspaceId, name) : null;
  const ids = partner ? await idsOf(workspaceId, partner.id) : null;
  const [list, flagged, troubled, troubledCount] = await Promise.all([
    withFigures(workspaceId, ids, at),
    listFlagged(workspaceId, MOST_FLAGGED),
    listTroubled(workspaceId, MOST_TROUBLED),
    countTroubled(workspaceId),
  ]);
  const named = [...list.links, ...flagged.flatMap(({ referral }) => referral ?? [])].map(({ partnerId }) => partnerId);
  const names = await namesOf(workspaceId, [...new Set(named)]);
  return { ...list, partner, names, flagged, troubled, troubledCount };
}

/** By the id that each partner had then, its name of now. */
async function namesOf(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map((await listPartnerBriefs(workspaceId, ids)).map((one) => [one.id, one.name]));
  for (const id of ids) {
    const merged = names.has(id) ? null : await findPartnerNow(workspaceId, id);
    if (merged) names.set(id, merged.name);
  }
  return names;
}

/** A partner's links, to its own people and to the team. Refuses what `demandOwnOrTeam` does. */
export async function linksOf(actor: Actor, partnerId: string, at: Date): Promise<LinkList & { partner: Partner }> {
  const wanted = { object: 'statement', need: 'member', action: 'links.look', at, evenEnded: true } as const;
  const partner = await demandOwnOrTeam(actor, partnerId, wanted);
  return { partner, ...(await withFigures(actor.workspaceId, await idsOf(actor.workspaceId, partner.id), at)) };
}

async function withFigures(workspaceId: string, partnerIds: readonly string[] | null, at: Date): Promise<LinkList> {
  const { links, total } = await listLinks(workspaceId, partnerIds, MOST_LINKS);
  const codes = links.map(({ code }) => code);
  const recent = Array.from({ length: RECENT_DAYS }, (_, days) => subDays(at, days).toISOString().slice(0, 10));
  const [people, referred] = await Promise.all([countPeople(workspaceId, codes, recent), countReferred(workspaceId, codes)]);
  const figures = links.map((link) => ({
    ...link,
    people: people.get(link.code) ?? 0,
    ...(referred.get(link.code) ?? { came: 0, bought: 0 }),
  }));
  return { links: figures, total };
}
