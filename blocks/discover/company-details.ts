import type { KnownBlock } from '@slack/types';
import { BANDS, CRITERION_IDS } from '../../src/discover/fit/criteria.ts';
import type { Evidence, Fit, Reason } from '../../src/discover/fit/fit.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import type { Hold } from '../../src/discover/fit/holds.ts';
import { LIKE } from '../../src/discover/fit/like-examples.ts';
import { type Company, isStale } from '../../src/programme/companies/company.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { context, escaped, escapedTo, link, person, plain, plainTo, section, shorten } from '../mrkdwn.ts';
import { ageWords, asType, fitWords } from '../words.ts';
import { decisionBlocks, makePartnerButton } from './company-card.ts';
import { gateWords, holdWords, reasonWords } from './reason-words.ts';
import { CRITERION_WORDS, FACT_WORDS } from './vocabulary.ts';

/** Counted on the lists that the bands were set by: `test/bench/quality.md`. */
function bandsTold(type: PartnerType): string {
  const { strong, good } = BANDS[type];
  const read = 'Read the quoted words before you write.';
  if (strong > 80) return `For such partners the score only orders the list: too few were right to call any of them strong. ${read}`;
  return `Strong begins at ${strong}, good at ${good}. On the lists that these were set by, readers found nine of ten strong ones worth writing to or considering, seven of ten good ones, four of ten of the others. ${read}`;
}

/** Every criterion with its points, sentence and the evidence it opens to, which names its source by number; the sources with their dates;
 *  what is unknown; and what can be decided. `said`: what the team and the second reader say of what holds it back. `isOnRecord`: it is a partner now. */
export function companyDetails(
  company: Company,
  fit: Fit & { holds?: Hold[] },
  gate: Gate | null,
  now: Date,
  { said = [], isOnRecord = false }: { said?: KnownBlock[]; isOnRecord?: boolean } = {},
): KnownBlock[] {
  const head = `*${plain(company.name)}* · ${link(`https://${company.domain}`, company.domain)}`;
  const words = company.description || company.oneLiner;
  const blocks: KnownBlock[] = [section(`${head}\n${words ? escapedTo(words, 1000) : '_No description on file._'}`)];
  if (gate) {
    const ways = company.decision?.kind === 'partner' ? decisionBlocks(company, company.decision, { more: [], isOnRecord }) : [];
    return [...blocks, section(`:no_entry: Left out of every list: ${escapedTo(gateWords(gate), 1000)}`), ...said, ...ways];
  }
  const share = `As ${asType(fit.type)}: fit ${fitWords(fit)}`;
  const criteria = [...fit.reasons].sort((a, b) => b.points - a.points);
  const unknown = CRITERION_IDS.filter((id) => !fit.reasons.some(({ criterion }) => criterion === id));
  const sources = sourcesOf(criteria);
  return [
    ...blocks,
    section(`${share}\nThe score is the points below as a share of what is known: ${pointsSum(fit)}. ${bandsTold(fit.type)}`),
    ...(fit.holds ?? []).flatMap((hold) =>
      // What the second reader says stands in `said`, type by type.
      hold.hold === 'reader' ? [] : [context(`Not suggested by itself: ${plainTo(holdWords(hold), 300)}`)],
    ),
    ...said,
    ...criteria.flatMap((reason) => reasonBlocks(reason, sources)),
    ...(unknown.length > 0 ? [context(`Not known, so not counted: ${unknown.map(criterionName).join(', ')}`)] : []),
    ...inContexts([...sources.values()].map(({ number, first }) => sourceLine(number, first, now))),
    ...decisionBlocks(company, company.decision, { more: mayAgree(company) ? [makePartnerButton(company)] : [], stage: company.stage }),
  ];
}

/** Nobody has said that they are a partner, or that they never will be. */
function mayAgree({ decision }: Company): boolean {
  return decision?.kind !== 'partner' && decision?.kind !== 'not-fit';
}

const MOST_EVIDENCE = 8;

/** By file and line, page or person, and day; in the order in which they are named. */
type Sources = Map<string, { number: number; first: Evidence }>;

function sourcesOf(reasons: readonly Reason[]): Sources {
  const sources: Sources = new Map();
  for (const fact of reasons.flatMap(({ evidence }) => evidence.slice(0, MOST_EVIDENCE))) {
    const key = sourceKey(fact);
    if (!sources.has(key)) sources.set(key, { number: sources.size + 1, first: fact });
  }
  return sources;
}

function sourceKey({ source, at }: Evidence): string {
  return `${dayOf(at)} ${source}`;
}

function reasonBlocks(reason: Reason, sources: Sources): KnownBlock[] {
  const { criterion, points, max, evidence } = reason;
  const words = section(`*${criterionName(criterion)}: ${points} of ${max}*\n${escaped(shorten(reasonWords(reason), 400))}`);
  if (evidence.length === 0) return [words];
  const shown = evidence.slice(0, MOST_EVIDENCE).map((fact) => `${factWords(fact)} [${sources.get(sourceKey(fact))?.number}]`);
  const left = evidence.length - shown.length;
  return [words, context(...shown, ...(left > 0 ? [`and ${left} more`] : []))];
}

/** With its age; what is stale is marked. */
function sourceLine(number: number, { source, at }: Evidence, now: Date): string {
  const age = ageWords(at, now);
  return `[${number}] ${sourceWords(source)}, ${dayOf(at)} (${isStale({ at }, now) ? `:hourglass: ${age}, counts half as known` : age})`;
}

/** Slack takes ten texts in one context. */
function inContexts(lines: readonly string[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < lines.length; at += 10) blocks.push(context(...lines.slice(at, at + 10)));
  return blocks;
}

function criterionName(id: string): string {
  if (id === LIKE) return 'Like your good examples';
  return Object.entries(CRITERION_WORDS).find(([key]) => key === id)?.[1] ?? id;
}

export function evidenceWords(evidence: Evidence): string {
  return `${factWords(evidence)} – ${sourceWords(evidence.source)}, ${dayOf(evidence.at)}`;
}

function factWords({ of, field, value }: Evidence): string {
  return `${of ? `${escapedTo(of, 60)}, ` : ''}${fieldName(field)}: “${escaped(shorten(value, 160))}”`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A page opens with a click, a file and its line are named, a person is mentioned. Stored as `file:line`, a URL, or `pasted by` somebody. */
function sourceWords(source: string): string {
  const [, file, line] = /^(.+):(\d+)$/s.exec(source) ?? [];
  if (file && line && !isWebAddress(source)) return `your file ${escaped(shorten(file, 100))}, line ${line}`;
  const pasted = /^pasted by ([UW][A-Z0-9]+)$/.exec(source)?.[1];
  if (pasted) return `pasted by ${person(pasted)}`;
  if (!isWebAddress(source)) return escaped(shorten(source, 100));
  const { href, host, pathname } = new URL(source);
  return `<${href.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;')}|${escaped(shorten(`${host}${pathname}`, 60)).replaceAll('|', '¦')}>`;
}

function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source) && source.length <= 500 && URL.canParse(source);
}

function fieldName(field: string): string {
  return Object.entries(FACT_WORDS).find(([key]) => key === field)?.[1] ?? escaped(field);
}

/** What likeness gives is no share of what is known: it is added to the score. */
function pointsSum({ reasons }: Fit): string {
  const byRules = reasons.filter(({ criterion }) => criterion !== LIKE);
  const points = byRules.reduce((sum, reason) => sum + reason.points, 0);
  const known = byRules.reduce((sum, reason) => sum + reason.max, 0);
  const like = reasons.find(({ criterion }) => criterion === LIKE);
  const added = like ? `, plus ${like.points} for being like your good examples` : '';
  return `${Math.round(points * 10) / 10} of ${Math.round(known * 10) / 10} points${added}`;
}
