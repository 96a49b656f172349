import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { STATUS_WORDS } from '../../../blocks/onboard/partner-words.ts';
import { ALL_PARTNERS, MOST_ON_PAGE, type PartnersAsk, partnersTable } from '../../../blocks/onboard/partners-table.ts';
import { pressable } from '../../../blocks/pressable.ts';
import { PARTNERS_WORDS, TYPE_WORDS } from '../../../blocks/words.ts';
import type { Deps } from '../../deps.ts';
import { PARTNER_STATUSES, PartnerStatus } from '../../onboard/partners/partner.ts';
import { listPartnerRecords, listRecordDomains } from '../../onboard/partners/partner-repository.ts';
import { idsByDomain, listCompaniesByIds, listPartners } from '../../programme/companies/company-repository.ts';
import { PARTNER_TYPES, PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { answerAsker } from '../with-fallback.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** `/partners partners [type] [state] [owner]`: the words in any order. */
export async function partnersAnswer(actor: Actor, words: string): Promise<Page> {
  const { ask, unknown } = readAsk(words, actor.userId);
  return pageOf(actor.workspaceId, ask, unknown);
}

async function pageOf(workspaceId: string, ask: PartnersAsk, unknown: readonly string[]): Promise<Page> {
  const { type, status, owner, from } = ask;
  const filter = { ...(type ? { type } : {}), ...(status ? { status } : {}), ...(owner ? { owner } : {}) };
  const { partners, total } = await listPartnerRecords(workspaceId, filter, { from, count: MOST_ON_PAGE });
  const isFirst = from === 0 && Object.keys(filter).length === 0;
  const bare = isFirst ? await listBare(workspaceId) : [];
  return { text: 'Partners', blocks: partnersTable({ ask, partners, total, unknown, bare }) };
}

/** So many are offered at once; the next time others are. */
const MOST_BARE = 5;

/** Companies that a decision made partners, before there were records or by another way, and that have none. */
async function listBare(workspaceId: string): Promise<{ id: string; name: string }[]> {
  const [marked, recorded] = await Promise.all([listPartners(workspaceId), listRecordDomains(workspaceId)]);
  // Of each its domain and its name, one after the other.
  const domains = marked.filter((one, place) => place % 2 === 0 && !recorded.has(one)).slice(0, MOST_BARE);
  const ids = await idsByDomain(workspaceId, domains);
  return listCompaniesByIds(workspaceId, [...ids.values()]);
}

const TYPES = new Map(
  PARTNER_TYPES.flatMap((type) =>
    [type, `${type}s`, TYPE_WORDS[type], PARTNERS_WORDS[type]].map((word) => [word.toLowerCase(), type] as const),
  ),
);
const STATES = new Map(PARTNER_STATUSES.map((status) => [STATUS_WORDS[status].toLowerCase(), status] as const));
/** “co-marketing partners”, “referral partner”. */
const MOST_IN_PHRASE = 2;
const FILLERS = new Set(['and', 'partner', 'partners', 'by', 'of']);

/** Types, states and colleagues as they were typed, in any order; of two of a kind the last counts. */
export function readAsk(words: string, me: string): { ask: PartnersAsk; unknown: string[] } {
  const ask = { ...ALL_PARTNERS };
  const unknown: string[] = [];
  const typed = words
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  for (let at = 0; at < typed.length; ) {
    const length = [MOST_IN_PHRASE, 1].find((size) => take(ask, typed.slice(at, at + size).join(' '), me));
    if (!length && !FILLERS.has(typed[at] ?? '')) unknown.push(typed[at] ?? '');
    at += length ?? 1;
  }
  return { ask, unknown };
}

function take(ask: PartnersAsk, phrase: string, me: string): boolean {
  const [type, status] = [TYPES.get(phrase), STATES.get(phrase)];
  const mentioned = /^<@([uw][a-z0-9]+)(?:\|[^>]*)?>$/.exec(phrase)?.[1]?.toUpperCase();
  const owner = phrase === 'mine' || phrase === 'me' ? me : mentioned;
  if (type) ask.type = type;
  else if (status) ask.status = status;
  else if (owner) ask.owner = owner;
  return Boolean(type ?? status ?? owner);
}

const Turn = z.object({
  type: PartnerType.nullable(),
  status: PartnerStatus.nullable(),
  owner: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,20}$/)
    .nullable(),
  from: z.number().int().min(0).max(1_000_000),
});

/** Another page in place of the one that is shown. */
export const onTurnPartners =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'partners.list', subject: 'partner:list', at: now() });
    const { text, blocks } = await pageOf(actor.workspaceId, carried(Turn, args.action.value), []);
    await answerAsker(args, { text, blocks: pressable(blocks, actor) }, args.body.container.is_ephemeral === true);
  };
