import type { KnownBlock } from '@slack/types';
import type { Findings, FoundCompany, Miss } from '../../src/discover/find/find-companies.ts';
import type { Request } from '../../src/discover/find/request.ts';
import type { Suggestion } from '../../src/discover/find/suggest-words.ts';
import { firstThatFits } from '../classic-blocks.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escaped, escapedTo, LIMIT, mrkdwn, section, shorten, shortenMrkdwn } from '../mrkdwn.ts';
import { CARD } from '../panels.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { companyCard, detailsSelect } from './company-card.ts';
import { PAGE_SIZE } from './company-list.ts';
import { heldWords, phraseWords } from './reason-words.ts';
import { demandWords, understoodWords } from './request-words.ts';

const EXAMPLES = [
  'healthcare VARs in Poland',
  'resellers for hospitals, 11-50 people, Germany or Austria',
  'small accounting firms UK that know Xero',
  'agencies like Brightwater, not Spain',
];

/** What is said of each company beside its name and its score. `proof`: what speaks for it goes below the card, or into it in place of its
 *  best reason. */
type Extent = { folded: boolean; proof: 'below' | 'within'; sources: boolean };
const WHOLE: Extent = { folded: true, proof: 'below', sources: true };
const LEAST: Extent = { folded: false, proof: 'within', sources: false };
const SHORTER: Extent[] = [WHOLE, { ...WHOLE, folded: false }, { ...LEAST, sources: true }, LEAST];

/** Most characters of what speaks for one company; ten of them fit into a message beside the cards. */
const LONGEST_PROOF = 330;
/** Most characters of the sources of a whole page, where no company has room for its own. */
const LONGEST_SOURCES = 60;
/** Characters of what was understood where hardly a company finds room beside it. */
const LEAST_UNDERSTOOD = 500;

/** What can be asked, for those who asked nothing or too much. */
export function findHelp(problem: string): KnownBlock[] {
  const examples = EXAMPLES.map((words) => `• \`/partners find ${words}\``).join('\n');
  const rule =
    'A kind of partner, a field, customers, places and sizes are demands; your fit score orders the rest. Put a name in quotation marks to look for it as it stands.';
  return [section(`${problem} Say in plain words which companies you look for, such as:\n${examples}`), context(rule)];
}

type Page = { from: number; words: string; suggestion: Suggestion | null };

/** What was understood, then up to ten companies with what speaks for each; or which demand kept the others out. Where that would be too
 *  long for one message, one select opens the details of all, then less is said of each, then fewer companies are on the page. At most 47
 *  blocks. */
export function findAnswer(request: Request, findings: Findings, turn: Page): KnownBlock[] {
  const { found, looked, notOnFile } = findings;
  const words = understoodWords(request, notOnFile);
  const understood = (most: number) => [section(shortenMrkdwn(words, most)), ...suggestionBlocks(turn.suggestion)];
  const ended = notes(request, findings);
  const head = understood(LIMIT.section);
  if (looked === 0) return [...head, ...nothingOnFile()];
  if (found.length === 0) return [...head, section(nothingFound(findings)), ...ended];
  return firstThatFits(everShorter());

  function* everShorter() {
    const page = (shown: number, extent: Extent) => [...foundPage(found.slice(0, shown), findings, turn, extent), ...ended];
    for (const extent of SHORTER) yield [...head, ...page(found.length, extent)];
    for (let shown = found.length - 1; shown > 1; shown--) yield [...head, ...page(shown, LEAST)];
    yield [...understood(LEAST_UNDERSTOOD), ...page(1, LEAST)];
  }
}

/** The companies that are shown, and the ways to the rest. */
function foundPage(shown: FoundCompany[], { found, total, unsure }: Findings, { from, words }: Page, extent: Extent): KnownBlock[] {
  const end = from + shown.length;
  const turnTo = (start: number) => JSON.stringify({ from: start, words });
  const controls = [
    ...(extent.folded ? [] : [detailsSelect(shown.map(({ company }) => company))]),
    ...(from > 0 ? [button(ACTIONS.listBack, 'Previous', turnTo(Math.max(0, from - PAGE_SIZE)))] : []),
    ...(end < total + unsure ? [button(ACTIONS.listNext, 'More', turnTo(end))] : []),
  ];
  const place = `${from + 1}–${end} of ${count(total + unsure, 'company', 'companies')}: ${countWords(total, unsure)}`;
  return [
    context(place, ...(extent.folded ? [] : [`Shortened to fit one message. ${shown.length < found.length ? `${NEXT} ` : ''}${BELOW}`])),
    ...shown.flatMap((one) => foundCard(one, extent)),
    ...(extent.sources || shown.every(({ met }) => met.length === 0)
      ? []
      : [context(shortenMrkdwn(`Sources: ${sourcesOf(shown.flatMap(({ met }) => met))}`, LONGEST_SOURCES))]),
    ...(controls.length > 0 ? [{ ...actions(`find:${from}`), elements: controls }] : []),
  ];
}

/** A company that is what was asked for matches better than one that mentions it. */
const ORDER = 'best match first, then best fit';

function countWords(total: number, unsure: number): string {
  if (unsure === 0) return `${ORDER}.`;
  const sure =
    total === 0 ? 'none is known to meet all of this' : `${total.toLocaleString('en-GB')} ${total === 1 ? 'meets' : 'meet'} this, ${ORDER}`;
  return `${sure}; of ${unsure.toLocaleString('en-GB')} something is not known, last.`;
}

const NEXT = '*More* goes on with the next.';
const BELOW = '*Details of …* at the end opens what each does, all its reasons and their sources.';

function suggestionBlocks(suggestion: Suggestion | null): KnownBlock[] {
  if (!suggestion) return [];
  const words = suggestion.meant.map(({ word }) => `*${escapedTo(word, 40)}*`).join(', ');
  return [
    section(`Did you mean ${words}?`),
    actions('find:meant', button(ACTIONS.commandRun, 'Yes, Find That', `find ${suggestion.words}`)),
  ];
}

function foundCard({ company, fit, met, unknown }: FoundCompany, extent: Extent): KnownBlock[] {
  const [best] = fit.reasons.toSorted((a, b) => b.points - a.points);
  const [card, ...more] = companyCard(
    {
      ...company,
      ...fit,
      domain: company.domain,
      companyId: company.id,
      oneLiner: withHolds(company.oneLiner, fit.holds),
      reasons: best ? [best] : [],
    },
    company.decision,
    company.stage,
  );
  const proofs = met.map(({ demand, phrase }) => `${demandWords(demand)}: ${escaped(shorten(phraseWords(phrase), 90))}`).join(' · ');
  const lines = [
    ...(proofs ? [`${extent.proof === 'below' ? ':mag: ' : ''}${proofs}${extent.sources ? ` (${sourcesOf(met)})` : ''}`] : []),
    ...(unknown.length > 0 ? [`:grey_question: Not known: ${unknown.map(demandWords).join(', ')}`] : []),
  ];
  if (extent.proof === 'within' && card?.type === 'card' && !company.decision && lines.length > 0)
    return [{ ...card, body: mrkdwn(lines.join('\n'), CARD.body) }];
  return [
    ...(card ? [card] : []),
    ...(lines.length > 0 ? [context(...lines.map((line) => shortenMrkdwn(line, LONGEST_PROOF)))] : []),
    ...more.filter(({ type }) => extent.folded || type !== 'container'),
  ];
}

/** What holds a company back stands beside its score, which says by itself that it is weak. */
function withHolds(oneLiner: string, holds: FoundCompany['fit']['holds']): string {
  const telling = holds.filter(({ hold }) => hold !== 'weak');
  return [telling.length > 0 ? heldWords(telling) : '', oneLiner].filter(Boolean).join(' · ');
}

function sourcesOf(met: FoundCompany['met']): string {
  const sources = met.map(({ evidence: { source, at } }) => `${shorten(source, 60)}, ${at.toISOString().slice(0, 10)}`);
  return escaped([...new Set(sources)].join('; '));
}

/** Which demand kept how many out, and the one to give up first. */
function nothingFound({ looked, misses, leftOut }: Findings): string {
  const head = `None of your ${count(looked, 'company', 'companies')} ${misses.length > 1 ? 'meets all of this' : 'meets this'}.`;
  const kept = misses.filter(({ missed }) => missed > 0).toSorted((a, b) => b.missed - a.missed);
  const lines = kept.map(({ demand, missed }) => `• *${demandWords(demand)}* keeps out ${missed.toLocaleString('en-GB')}`);
  return [head, ...lines, ...toLoosen(kept, leftOut)].join('\n');
}

function toLoosen(kept: readonly Miss[], leftOut: Findings['leftOut']): string[] {
  const [best] = kept.toSorted((a, b) => b.alone - a.alone);
  if (best && kept.length > 1 && best.alone > 0)
    return [`Without *${demandWords(best.demand)}*, ${count(best.alone, 'company', 'companies')} would be left.`];
  if (leftOut.gated + leftOut.notFit > 0) return [];
  return ['Ask for less, or bring more companies with `/partners import` or `/partners research`.'];
}

function notes({ parts }: Request, { leftOut: { gated, notFit }, typesWanted }: Findings): KnownBlock[] {
  const types = [...new Set(parts.flatMap((part) => (part.kind === 'role' && !part.not ? part.type : [])))];
  const unwanted = types.filter((type) => !typesWanted.includes(type));
  const lines = [
    ...(gated > 0
      ? [
          `${gated.toLocaleString('en-GB')} more left out: customers, competitors, partners, those who asked for silence or your own company.`,
        ]
      : []),
    ...(notFit > 0 ? [`${notFit.toLocaleString('en-GB')} more left out: marked as not a fit.`] : []),
    ...(unwanted.length > 0 && typesWanted.length > 0
      ? [
          `Scored as what you want: ${typesWanted.map(typeWords).join(', ')}. To score as ${unwanted.map(typeWords).join(', ')} too, add it in \`/partners setup\`.`,
        ]
      : []),
  ];
  return lines.length > 0 ? [context(lines.join('\n'))] : [];
}

function typeWords(type: Findings['typesWanted'][number]): string {
  return TYPE_WORDS[type].toLowerCase();
}

function nothingOnFile(): KnownBlock[] {
  return [
    section('There are no companies to look through yet. Bring them as a file (CSV, Excel or JSON) or as pasted web domains.'),
    actions('find:empty', button(ACTIONS.importOpen, 'Import Companies', 'find', { style: 'primary' })),
  ];
}
