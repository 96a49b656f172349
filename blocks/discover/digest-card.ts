import type { KnownBlock } from '@slack/types';
import type { Digest } from '../../src/discover/digest/digest.ts';
import type { CompanyDecision } from '../../src/programme/companies/company.ts';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, header, section } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { companyCard } from './company-card.ts';

/** A message's fallback text; it is what notifications and screen readers say. */
export function digestTitle({ day, items }: Pick<Digest, 'day' | 'items'>): string {
  return items.length === 0
    ? `No new partner candidates for ${dayWords(day)}`
    : `${count(items.length, 'partner candidate')} for ${dayWords(day)}`;
}

/** The day's suggestions. Ten of them stay within Slack's 50 blocks: 2 + 10 × 4 + 2. */
export function digestCard(digest: Digest, decisions: Map<string, CompanyDecision | null>): KnownBlock[] {
  const { items, candidates } = digest;
  if (items.length === 0) return emptyDigest(digest);
  const intro = `The best of ${count(candidates, 'company', 'companies')} not shown before. *Details* opens every point to its evidence.`;
  return [
    header(digestTitle(digest)),
    context(intro),
    ...items.flatMap((item) => [divider, ...companyCard(item, decisions.get(item.companyId) ?? null)]),
    divider,
    actions(`digest:${digest.id}:why`, button(ACTIONS.whyOpen, 'Why Not …?', digest.id)),
  ];
}

function emptyDigest(digest: Digest): KnownBlock[] {
  return [
    header(digestTitle(digest)),
    section('Every company on file has been shown, decided on or left out. Bring new ones as a CSV file or as pasted web domains.'),
    actions(`digest:${digest.id}:empty`, button(ACTIONS.importOpen, 'Import Companies', 'digest', { style: 'primary' })),
  ];
}

/** `2026-11-24` → `Tuesday 24 November`. */
export function dayWords(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).replace(',', '');
}
