import type { KnownBlock } from '@slack/types';
import type { Findings, FoundCompany, Miss } from '../../src/discover/find/find-companies.ts';
import type { Request } from '../../src/discover/find/request.ts';
import type { Suggestion } from '../../src/discover/find/suggest-words.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, escaped, escapedTo, section, shorten, shortenMrkdwn } from '../mrkdwn.ts';
import { count, TYPE_WORDS } from '../words.ts';
import { companyCard } from './company-card.ts';
import { PAGE_SIZE } from './company-list.ts';
import { phraseWords } from './reason-words.ts';
import { demandWords, understoodWords } from './request-words.ts';

const EXAMPLES = [
  'healthcare VARs in Poland',
  'resellers for hospitals, 11-50 people, Germany or Austria',
  'small accounting firms UK that know Xero',
  'agencies like Brightwater, not Spain',
];

/** Most characters of what speaks for one company; ten of them fit into a message beside the cards. */
const LONGEST_PROOF = 330;

/** What can be asked, for those who asked nothing or too much. */
export function findHelp(problem: string): KnownBlock[] {
  const examples = EXAMPLES.map((words) => `• \`/partners find ${words}\``).join('\n');
  const rule =
    'A kind of partner, a field, customers, places and sizes are demands; your fit score orders the rest. Put a name in quotation marks to look for it as it stands.';
  return [section(`${problem} Say in plain words which companies you look for, such as:\n${examples}`), context(rule)];
}

/** What was understood, then up to ten companies with what speaks for each; or which demand kept the others out. At most 47 blocks. */
export function findAnswer(
  request: Request,
  findings: Findings,
  page: { from: number; words: string; suggestion: Suggestion | null },
): KnownBlock[] {
  const { found, total, looked, notOnFile } = findings;
  const understood = [section(understoodWords(request, notOnFile)), ...suggestionBlocks(page.suggestion)];
  if (looked === 0) return [...understood, ...nothingOnFile()];
  if (found.length === 0) return [...understood, section(nothingFound(findings)), ...notes(request, findings)];
  const turnTo = (from: number) => JSON.stringify({ from, words: page.words });
  const turn = [
    ...(page.from > 0 ? [button(ACTIONS.listBack, 'Previous', turnTo(Math.max(0, page.from - PAGE_SIZE)))] : []),
    ...(page.from + found.length < total ? [button(ACTIONS.listNext, 'More', turnTo(page.from + PAGE_SIZE))] : []),
  ];
  const shown = `${page.from + 1}–${page.from + found.length} of ${count(total, 'company', 'companies')}, best fit first; where something is not known, last.`;
  return [
    ...understood,
    context(shown),
    ...found.flatMap(foundCard),
    ...(turn.length > 0 ? [actions(`find:${page.from}`, ...turn)] : []),
    ...notes(request, findings),
  ];
}

function suggestionBlocks(suggestion: Suggestion | null): KnownBlock[] {
  if (!suggestion) return [];
  const words = suggestion.meant.map(({ word }) => `*${escapedTo(word, 40)}*`).join(', ');
  return [
    section(`Did you mean ${words}?`),
    actions('find:meant', button(ACTIONS.commandRun, 'Yes, Find That', `find ${suggestion.words}`)),
  ];
}

function foundCard({ company, fit, met, unknown }: FoundCompany): KnownBlock[] {
  const [best] = fit.reasons.toSorted((a, b) => b.points - a.points);
  const card = companyCard(
    { ...company, ...fit, domain: company.domain, companyId: company.id, reasons: best ? [best] : [] },
    company.decision,
    company.stage,
  );
  const proofs = met.map(({ demand, phrase }) => `${demandWords(demand)}: ${escaped(shorten(phraseWords(phrase), 90))}`).join(' · ');
  const sources = [...new Set(met.map(({ evidence: { source, at } }) => `${shorten(source, 60)}, ${at.toISOString().slice(0, 10)}`))].join(
    '; ',
  );
  const lines = [
    ...(proofs ? [`:mag: ${proofs} (${escaped(sources)})`] : []),
    ...(unknown.length > 0 ? [`:grey_question: Not known: ${unknown.map(demandWords).join(', ')}`] : []),
  ];
  return lines.length === 0
    ? card
    : [...card.slice(0, 1), context(...lines.map((line) => shortenMrkdwn(line, LONGEST_PROOF))), ...card.slice(1)];
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
    ...(gated > 0 ? [`${gated.toLocaleString('en-GB')} more left out: customers, competitors, partners, closed or your own company.`] : []),
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
