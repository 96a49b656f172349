import type { KnownBlock } from '@slack/types';
import type { Digest } from '../../src/discover/digest/digest.ts';
import type { CompanyDecision, CompanyStage } from '../../src/programme/companies/company.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, escapedTo, header, section } from '../mrkdwn.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { companyCard, detailsSelect } from './company-card.ts';

/** A message's fallback text; it is what notifications and screen readers say. */
export function digestTitle({ day, items }: Pick<Digest, 'day' | 'items'>): string {
  return items.length === 0
    ? `No new partner candidates for ${dayWords(day)}`
    : `${count(items.length, 'partner candidate')} for ${dayWords(day)}`;
}

type Decisions = Map<string, CompanyDecision | null>;
type Stages = ReadonlyMap<string, CompanyStage>;
const NO_STAGES: Stages = new Map();
type Item = Digest['items'][number];

/** The day's suggestions: a card for each, its reasons folded below. Where the JSON would be too long for one message, one select opens the details
 *  of all, then less is said of each, and that it is; at the very end companies are named without a card. At most 26 blocks. */
export function digestCard(digest: Digest, decisions: Decisions, stages = NO_STAGES): KnownBlock[] {
  if (digest.items.length === 0) return emptyDigest(digest);
  const cards = (items: Item[], shortened: string | null) => cardsOf(digest, items, { decisions, stages, shortened });
  return firstThatFits(everShorter());

  function* everShorter() {
    for (const { said, of } of SHORTER) yield cards(digest.items.map(of), said);
    for (let shown = digest.items.length - 1; shown >= 0; shown--)
      yield cards(digest.items.slice(0, shown).map(least), leftOut(digest.items.slice(shown)));
  }
}

const least = (item: Item): Item => ({ ...item, oneLiner: '', reasons: [] });

const BELOW = '*Details of …* at the end opens what each does and all its reasons.';
/** The whole, then less and less of it. */
const SHORTER: { said: string | null; of: (item: Item) => Item }[] = [
  { said: null, of: (item) => item },
  { said: `Shortened to fit one message. ${BELOW}`, of: (item) => item },
  {
    said: `Shortened to fit one message: the best reason of each. ${BELOW}`,
    of: (item) => ({ ...item, reasons: item.reasons.slice(0, 1) }),
  },
  { said: `Shortened to fit one message. ${BELOW}`, of: least },
];

function leftOut(items: Item[]): string {
  const names = items.map(({ name }) => escapedTo(name, 60)).join(', ');
  return `Shortened to fit one message: ${count(items.length, 'more company', 'more companies')} without a card: ${names}. \`/partners show NAME\` opens each.`;
}

function cardsOf(
  digest: Digest,
  items: Item[],
  { decisions, stages, shortened }: { decisions: Decisions; stages: Stages; shortened: string | null },
): KnownBlock[] {
  const { id, candidates } = digest;
  const best = `The best of ${count(candidates, 'company', 'companies')} not shown before.`;
  const more = 'Open *Reasons and evidence* under a card for more; *Details* in it shows every point.';
  const cards = items.map((item) => companyCard(item, decisions.get(item.companyId) ?? null, stages.get(item.companyId)));
  const whyNot = button(ACTIONS.whyOpen, 'Why Not …?', id);
  const named = items.map(({ companyId, name }) => ({ id: companyId, name }));
  return [
    header(digestTitle(digest)),
    context(shortened ? best : `${best} ${more}`),
    ...unservedWords(digest),
    ...(shortened ? [context(shortened), ...cards.flat().filter(({ type }) => type !== 'container')] : cards.flat()),
    divider,
    { ...actions(`digest:${id}:why`), elements: [...(shortened && named.length > 0 ? [detailsSelect(named)] : []), whyNot] },
  ];
}

/** Wanted types that the list cannot serve. */
function unservedWords({ unserved = [] }: Digest): KnownBlock[] {
  if (unserved.length === 0) return [];
  const types = unserved.map((type) => TYPE_WORDS[type].toLowerCase()).join(', ');
  return [
    context(
      `Nobody new on file fits well enough as one of these: ${types}. \`/partners held\` shows who came near, \`/partners research\` looks on the web.`,
    ),
  ];
}

function emptyDigest(digest: Digest): KnownBlock[] {
  return [
    header(digestTitle(digest)),
    section(
      'Every company on file has been shown, decided on, left out or held back. Bring new ones as a file (CSV, Excel or JSON) or as pasted web domains.',
    ),
    ...unservedWords(digest),
    actions(
      `digest:${digest.id}:empty`,
      button(ACTIONS.importOpen, 'Import Companies', 'digest', { style: 'primary' }),
      button(ACTIONS.commandRun, 'Held Back', 'held'),
    ),
  ];
}

/** `2026-11-24` → `Tuesday 24 November`. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).replace(',', '');
}
