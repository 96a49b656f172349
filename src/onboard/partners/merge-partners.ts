import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { listAudit } from '../../programme/audit/audit-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { MovePartnerRecords, Twin } from './move-records.ts';
import type { Partner } from './partner.ts';
import {
  type Absorbed,
  claimMerge,
  deleteAbsorbed,
  dropMerge,
  findAbsorbing,
  findMerge,
  type Merge,
  renewAbsorbed,
  settleMerge,
} from './partner-merge-repository.ts';
import { findPartnerByDomain, findPartnerByTeam, getPartner, listPartnersByIds, type PartnerChange } from './partner-repository.ts';

export type SeenPartner = Pick<Partner, 'id' | 'rev'>;

/** Begins to merge two records of one company, both as the person saw them: `into` stays and takes over what `from` has; `finishMerge` does the
 *  rest. Refuses `role-needed`, `partner-unknown`, and `partner-moved-on` when one of them has changed or is merged already. */
export async function startMerge(actor: Actor, into: SeenPartner, from: SeenPartner, at: Date): Promise<void> {
  const { workspaceId, userId: by } = actor;
  await authorise(actor, 'manager', { action: 'partner.merge', subject: `partner:${into.id}`, at });
  const [stays, goes] = await Promise.all([getPartner(workspaceId, into.id), getPartner(workspaceId, from.id)]);
  const isSeen = stays.id !== goes.id && stays.rev === into.rev && goes.rev === from.rev;
  if (!isSeen || !(await claimMerge(stays, goes, { by, at }))) throw new Refusal('partner-moved-on');
}

/** Completes a merge from wherever it stands: the other record goes, what hangs on it moves, and this one has it all. It may be run twice, at once,
 *  and be killed before each write. Returns the record that stays; null when there is nothing to do, or the merge was given up because the other
 *  record is taking over this one. Throws when it cannot go on yet: the next sweep does. */
export async function finishMerge(workspaceId: string, intoId: string, moves: readonly MovePartnerRecords[]): Promise<Partner | null> {
  return inRounds<Partner | null>('merging two partner records', async () => {
    const merge = await findMerge(workspaceId, intoId);
    if (!merge) return { done: null };
    const { into, absorbed } = merge;
    const [from] = await listPartnersByIds(workspaceId, [absorbed.id]);
    if (from && (await isGivenUp(merge))) return { done: null };
    if (from && from.rev !== absorbed.rev) await renewAbsorbed(merge, from);
    else if (!from || (await deleteAbsorbed(merge))) {
      const twins = twinsOf(into, absorbed);
      for (const move of moves) await move(workspaceId, absorbed.id, intoId, twins);
      const change = taken(into, await stillFree(into, absorbed));
      const saved = await settleMerge(merge, change, entryOf(merge, change));
      if (saved) return { done: saved };
    }
    return null;
  });
}

/** More than one company merges. */
const MOST_MERGES = 1000;

/** A partner by the id that it had before its record was merged with another, or has still. Refuses `partner-unknown`, also while the merge goes on. */
export async function getPartnerOnceMerged(workspaceId: string, id: string): Promise<Partner> {
  const [partner] = await listPartnersByIds(workspaceId, [id]);
  if (partner) return partner;
  const merges = await listAudit(workspaceId, { action: 'partner.merge' }, MOST_MERGES);
  const into = merges.find((merge) => merge.id === mergeId(merge.subject.slice(SUBJECT.length), id));
  if (!into) throw new Refusal('partner-unknown');
  return getPartnerOnceMerged(workspaceId, into.subject.slice(SUBJECT.length));
}

/** The record that a partner is part of now, also while its merge goes on: then the one that takes it over. Null for a partner that is no more. */
export async function findPartnerNow(workspaceId: string, id: string): Promise<Partner | null> {
  const found = await findOnceMerged(workspaceId, id);
  if (found) return found;
  const absorbing = await findAbsorbing(workspaceId, id);
  // Without one, the merge may have ended since the first look.
  return absorbing ? findPartnerNow(workspaceId, absorbing) : findOnceMerged(workspaceId, id);
}

async function findOnceMerged(workspaceId: string, id: string): Promise<Partner | null> {
  return getPartnerOnceMerged(workspaceId, id).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'partner-unknown') return null;
    throw error;
  });
}

/** As the audit log names a partner, and every record that became part of it. */
export async function subjectsOf(workspaceId: string, id: string): Promise<string[]> {
  const subject = `${SUBJECT}${id}`;
  const merges = await listAudit(workspaceId, { subject, action: 'partner.merge' }, MOST_MERGES);
  const ids = merges.flatMap(({ before }) => MergedFrom.parse(before)?.partnerId ?? []);
  const earlier = await Promise.all(ids.map((one) => subjectsOf(workspaceId, one)));
  return [subject, ...earlier.flat()];
}

const SUBJECT = 'partner:';
const MergedFrom = z.object({ partnerId: z.string() }).nullable().catch(null);

function mergeId(into: string, from: string): string {
  return `merge:${into}:${from}`;
}

/** Two people merged the same two records in opposite directions: the one whose id comes first stays. */
async function isGivenUp(merge: Merge): Promise<boolean> {
  const { into, absorbed } = merge;
  const opposite = await findMerge(into.workspaceId, absorbed.id);
  if (opposite?.absorbed.id !== into.id || into.id < absorbed.id) return false;
  await dropMerge(merge);
  return true;
}

/** Without domains and Slack workspaces that somebody gave to a third partner after the other record had gone. */
async function stillFree({ id, workspaceId }: Partner, absorbed: Absorbed): Promise<Absorbed> {
  const isFree = (holder: Partner | null) => holder === null || holder.id === id;
  const keep = async (values: string[], find: typeof findPartnerByDomain) => {
    const holders = await Promise.all(values.map((value) => find(workspaceId, value)));
    return values.filter((_, place) => isFree(holders[place] ?? null));
  };
  const [domains, teamIds] = await Promise.all([keep(absorbed.domains, findPartnerByDomain), keep(absorbed.teamIds, findPartnerByTeam)]);
  return { ...absorbed, domains, teamIds };
}

/** What the record that stays has when it has taken over the other: of lists both, of all else its own where it has any. Status, tier and owner stay
 *  as they are. */
export function taken(into: Partner, from: Omit<Absorbed, 'by' | 'at'>): PartnerChange {
  const both = <Value>(own: readonly Value[], other: readonly Value[]) => [...new Set([...own, ...other])];
  const firsts = [into.firstRegistrationAt, from.firstRegistrationAt].filter((at) => at !== null);
  return {
    domains: both(into.domains, from.domains),
    aliases: both(into.aliases, [from.name, ...from.aliases]).filter((alias) => alias !== into.name),
    types: both(into.types, from.types),
    countries: both(into.countries, from.countries),
    people: allPeople(into, from),
    teamIds: both(into.teamIds, from.teamIds),
    channel: into.channel ?? from.channel,
    notes: [...into.notes, ...from.notes].sort((a, b) => a.at.getTime() - b.at.getTime()),
    firstRegistrationAt: firsts.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
  };
}

const twinOf = (email: string, { people }: Pick<Partner, 'people'>) =>
  email === '' ? undefined : people.find((one) => one.email === email);

/** Somebody who is in both, by their address, stays as they are here, with the Slack account that the other record knows; whoever has left by either
 *  record has left. */
function allPeople(into: Pick<Partner, 'people'>, from: Pick<Partner, 'people'>): Partner['people'] {
  const own = into.people.map((one) => {
    const twin = twinOf(one.email, from);
    return { ...one, slack: one.slack ?? twin?.slack ?? null, leftAt: one.leftAt ?? twin?.leftAt ?? null };
  });
  return [...own, ...from.people.filter(({ id, email }) => !twinOf(email, into) && !own.some((one) => one.id === id))];
}

function twinsOf(into: Partner, from: Absorbed): Twin[] {
  return from.people.flatMap(({ id: goes, email }) => {
    const stays = twinOf(email, into)?.id ?? goes;
    return stays === goes ? [] : [{ goes, stays }];
  });
}

function entryOf({ into, absorbed }: Merge, change: PartnerChange) {
  const { id, name, domains, by, at } = absorbed;
  const { people, notes, ...after } = change;
  return auditEntry({
    id: mergeId(into.id, id),
    ...{ workspaceId: into.workspaceId, by, at, action: 'partner.merge', subject: `${SUBJECT}${into.id}` },
    before: { partnerId: id, name, domains },
    after,
  });
}
