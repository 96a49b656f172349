import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyCard } from '../../blocks/discover/company-card.ts';
import { companyList, HELD_PAGE } from '../../blocks/discover/company-list.ts';
import { digestCard, digestTitle } from '../../blocks/discover/digest-card.ts';
import { findAnswer } from '../../blocks/discover/find-answer.ts';
import { importProgress, importReport } from '../../blocks/programme/import-forms.ts';
import { companyThread } from '../../blocks/recruit/company-thread.ts';
import { draftCard, draftTitle } from '../../blocks/recruit/draft-card.ts';
import { decisionNotice } from '../../blocks/recruit/draft-forms.ts';
import type { Digest } from '../../src/discover/digest/digest.ts';
import type { Findings, FoundCompany } from '../../src/discover/find/find-companies.ts';
import { demandsOf } from '../../src/discover/find/request.ts';
import { understandRequest } from '../../src/discover/find/understand-request.ts';
import type { Hold } from '../../src/discover/fit/holds.ts';
import type { CompanyDecision } from '../../src/programme/companies/company.ts';
import { decision, domain, draft, item, nasty } from './extreme.ts';
import { message } from './slack-takes.ts';

const RUNS = { numRuns: 60 };
const digest = fc.record({ items: fc.array(item, { maxLength: 10 }), decisions: fc.array(decision, { minLength: 10, maxLength: 10 }) });
const digestOf = (items: Digest['items']): Digest => ({
  id: 'd',
  workspaceId: 'T1',
  number: 1,
  day: '2026-11-23',
  round: 0,
  requestedBy: 'schedule',
  candidates: 1_000_000,
  items,
  createdAt: new Date(0),
  postedAt: null,
});

const anItem = (n: number, times: number): Digest['items'][number] => ({
  companyId: `company-${n}`,
  name: `Company ${n}`,
  domain: `company${n}.example`,
  oneLiner: 'Appointment booking for private clinics',
  type: 'technology',
  score: 80,
  known: 0.8,
  reasons: [1, 2, 3].map((one) => ({
    points: 9.5,
    max: 20,
    finding: { code: 'as-written' as const, sentence: `A reason ${one} for it`.repeat(times) },
    asOf: null,
  })),
});

function cardsIn(blocks: KnownBlock[]): number {
  return blocks.filter(({ type }) => type === 'card').length;
}

/** Whoever asks by a command is answered at a `response_url`; by a mention or a direct message, by a post. */
function privately(blocks: KnownBlock[]): void {
  for (const method of ['response_url', 'chat.postEphemeral']) message({ text: 'Answer', blocks }, method);
}

const ASKED = 'small resellers for clinics in Poland that know Xero';

/** Ten companies that meet what is asked, with `of` wherever something from outside can stand; 99 in all. */
function foundWith(of: (most: number) => string, decided: CompanyDecision | null, domain: (n: number) => string): Findings {
  const evidence = { field: 'locations', value: of(300), source: of(130), at: new Date(0) };
  const phrase = { field: 'description' as const, words: of(200) };
  const demands = demandsOf(understandRequest(ASKED));
  const [unknown = [], met = []] = [demands.slice(0, 1), demands.slice(1).map((demand) => ({ demand, phrase, evidence }))];
  const origin = { source: of(130), at: new Date(0) };
  const reasons = [1, 2, 3].map(() => ({
    criterion: 'areas' as const,
    points: 12.5,
    max: 40,
    finding: { code: 'as-written' as const, sentence: of(400) },
    asOf: null,
    evidence: [evidence],
  }));
  const holds = (['rival', 'noRole', 'inactive', 'tooLarge', 'weak'] as const).map((hold) => ({ hold, phrase: null }));
  const found = Array.from({ length: 10 }, (_, n): FoundCompany => {
    const named = { id: `${n}`.repeat(24), name: of(200), domain: domain(n), oneLiner: of(300) };
    const facts = {
      website: '',
      description: of(3000),
      industries: [],
      tags: [],
      teamSize: 20,
      sizeBand: null,
      locations: [],
      founded: null,
    };
    const stored = { workspaceId: 'T1', origin, origins: {}, decision: decided, createdAt: origin.at, updatedAt: origin.at };
    const company = { ...named, ...facts, ...stored, status: null, aliases: [] };
    return { company, fit: { ...named, type: 'co-marketing', score: 100, known: 1, reasons, holds }, met, unknown };
  });
  return {
    asked: understandRequest(ASKED),
    looked: 5_000,
    total: 99,
    unsure: 0,
    found,
    leftOut: { gated: 9_999, notFit: 9_999 },
    misses: [],
    notOnFile: [of(100)],
    typesWanted: ['technology'],
    near: new Map(),
  };
}

const answerTo = (findings: Findings, words = ASKED) => {
  const suggestion = { meant: [{ typed: 'x', word: words.slice(0, 100) }], words };
  return findAnswer(understandRequest(words), findings, { from: 20, words, suggestion });
};

describe('messages', () => {
  test('a digest of ten, whatever stands in them and was decided', () => {
    fc.assert(
      fc.property(digest, ({ items, decisions }) => {
        const all = digestOf(items);
        const decided = new Map(items.map(({ companyId }, index) => [companyId, decisions[index] ?? null]));
        message({ text: digestTitle(all), blocks: digestCard(all, decided) });
      }),
      RUNS,
    );
  });

  test.each([1, 5, 7, 10])('a digest of %s companies as they are has a card for each; one that is shortened says so', (n) => {
    const usual = digestOf(Array.from({ length: n }, (_, index) => anItem(index, 1)));
    const usualBlocks = digestCard(usual, new Map());
    const words = JSON.stringify(usualBlocks);
    const ofType = (wanted: string) => usualBlocks.filter(({ type }) => type === wanted).length;
    expect([ofType('card'), words.match(/• A reason 1/g)?.length]).toEqual([n, n <= 7 ? 2 * n : n]);
    // Folded under each card, or else behind one select.
    expect([ofType('container'), words.match(/reason 3/g)?.length ?? 0]).toEqual(n <= 7 ? [n, n] : [0, 0]);
    expect([words.includes('Shortened to fit one message'), words.includes('Details of …')]).toEqual([n > 7, n > 7]);
    const long = digestOf(Array.from({ length: n }, (_, index) => anItem(index, 100)));
    const blocks = digestCard(long, new Map());
    message({ text: digestTitle(long), blocks });
    expect(JSON.stringify(blocks).includes('Shortened to fit one message')).toBe(n >= 7);
  });

  test('what finds no place in a digest is named', () => {
    const items = Array.from({ length: 10 }, (_, index) => ({
      ...anItem(index, 1),
      name: `${'"\\'.repeat(60)}${index}`,
      domain: `${'a'.repeat(60)}.example`,
    }));
    const all = digestOf(items);
    const note = { kind: 'not-fit' as const, reason: 'wrong-market' as const, note: '"'.repeat(300), by: 'U0LONGUSER1', at: new Date(0) };
    const blocks = digestCard(all, new Map(items.map(({ companyId }) => [companyId, note])));
    message({ text: digestTitle(all), blocks });
    const cards = JSON.stringify(blocks).match(/"text":"Reconsider"/g)?.length ?? 0;
    const left = Number(/(\d+) more compan/.exec(JSON.stringify(blocks))?.[1] ?? 0);
    expect(cards + left).toBe(10);
  });

  test.each(['&', '<', '*', '😀', 'word ', '"', '\\'])('a digest of ten with “%s” wherever something can stand', (part) => {
    const long = (max: number) => part.repeat(max).slice(0, max - (max % 2));
    const reasons = Array.from({ length: 3 }, () => ({
      points: 12.5,
      max: 40,
      finding: { code: 'as-written' as const, sentence: long(400) },
      asOf: null,
    }));
    const note = { kind: 'not-fit' as const, reason: 'wrong-market' as const, note: long(300), by: 'U0LONGUSER1', at: new Date(0) };
    const domains = `${'a'.repeat(63)}.${'b'.repeat(63)}.example`;
    const items = Array.from({ length: 10 }, (_, n) => ({
      companyId: `${n}`.repeat(24),
      name: long(200),
      domain: n % 2 ? domains : `${'c'.repeat(60)}.example`,
      oneLiner: long(300),
      type: 'co-marketing' as const,
      score: 100,
      known: 1,
      reasons,
    }));
    for (const decided of [null, note]) {
      const all = digestOf(
        items.map((one) => ({ ...one, reasons: one.reasons.map((each) => ({ ...each, criterion: 'c', evidence: [] })) })),
      );
      message({ text: digestTitle(all), blocks: digestCard(all, new Map(items.map(({ companyId }) => [companyId, decided]))) });
    }
  });

  test('a company’s card and a page of a list', () => {
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 10 }), decision, ([best, ...rest], decided) => {
        if (best) privately(companyCard(best, decided));
        const companies = [best, ...rest].flatMap((one) =>
          one ? [{ ...one, id: one.companyId, state: 'put off', why: one.oneLiner }] : [],
        );
        for (const held of [true, false])
          for (const others of [0, 99_999]) {
            const page = { companies, total: 99_999, others, from: 20, held };
            privately(companyList(page));
            privately(companyList({ ...page, companies: [] }));
          }
      }),
      RUNS,
    );
  });

  const NOTE = { kind: 'not-fit' as const, reason: 'wrong-market' as const, note: '"'.repeat(300), by: 'U0LONGUSER1', at: new Date(0) };

  test.each(['&', '<', '*', '😀', 'word ', '"', '\\'])(
    'a page of a list and of what was found with “%s” wherever something can stand',
    (part) => {
      const long = (most: number) => part.repeat(most).slice(0, most - (most % 2));
      for (const domain of [() => `${'a'.repeat(63)}.${'b'.repeat(63)}.example`, (n: number) => `company${n}.example`]) {
        for (const decided of [null, NOTE]) {
          const findings = foundWith(long, decided, domain);
          const companies = findings.found.map(({ fit }) => ({ ...fit, state: 'put off', why: long(400) }));
          for (const held of [true, false]) privately(companyList({ companies, total: 99_999, others: 99_999, from: 20, held }));
          const phrase = { field: 'description', words: long(400) } as const;
          const objection = { hold: 'reader', verdict: 'other-type', other: 'co-marketing', phrase } as const;
          const doubts: Hold[] = [{ hold: 'rival', phrase }, objection];
          const read = { read: 99_999, objected: 99_999, isStopped: true };
          const doubted = companies.slice(0, HELD_PAGE).map((company, index) => ({ ...company, id: `${index}`.repeat(24), doubts }));
          privately(companyList({ companies: doubted, total: 99_999, others: 99_999, from: 90_000, held: true, read }));
          privately(answerTo(findings));
          privately(answerTo(findings, long(500)));
        }
      }
    },
  );

  test('what was found goes whole where it fits; else less is said of each, then of fewer, with the way to the rest', () => {
    const usual = foundWith(
      (most) => 'booking for clinics'.slice(0, most),
      null,
      (n) => `company${n}.example`,
    );
    const pageOf = (n: number) => answerTo({ ...usual, found: usual.found.slice(0, n), total: 20 + n });
    const few = pageOf(4);
    expect([cardsIn(few), few.filter(({ type }) => type === 'container').length]).toEqual([4, 4]);
    expect(JSON.stringify(few)).not.toMatch(/Shortened|Details of …/);
    const more = pageOf(8);
    expect([cardsIn(more), more.filter(({ type }) => type === 'container').length]).toEqual([8, 0]);
    expect(JSON.stringify(more)).toMatch(/21–28 of 28 .*Shortened to fit one message.*Details of …/);
    expect(JSON.stringify(more)).not.toMatch(/"More"|\*More\*/);
    const least = answerTo({
      ...foundWith(
        (most) => '"'.repeat(most),
        null,
        (n) => `company${n}.example`,
      ),
      total: 30,
    });
    const shown = cardsIn(least);
    expect(shown).toBeGreaterThan(2);
    expect(shown).toBeLessThan(10);
    const [words, to] = [JSON.stringify(least), 20 + shown];
    for (const part of [`21–${to} of 30 companies`, '*More* goes on with the next', `from\\":${to},`, 'from\\":10,'])
      expect(words).toContain(part);
  });

  test('a draft’s card in every state, its title and its thread', () => {
    fc.assert(
      fc.property(draft, domain, (one, site) => {
        message({ text: draftTitle(one), blocks: draftCard(one) });
        message(companyThread({ name: one.companyName, domain: site }));
        message({ text: decisionNotice(one), blocks: [] });
      }),
      RUNS,
    );
  });

  test('an import’s progress and report', () => {
    const problem = fc.record({ line: fc.integer(), field: nasty(100), code: fc.constant('bad-size' as const), text: nasty(300) });
    fc.assert(
      fc.property(nasty(255), fc.array(problem, { maxLength: 60 }), (name, problems) => {
        const figures = {
          rows: 9_999_999,
          added: 1,
          updated: 2,
          unchanged: 3,
          merged: 4,
          skipped: 5,
          people: 6,
          silenced: 7,
          columns: null,
          tookMs: 1234,
        };
        message(importReport(name, { ...figures, problems }));
        message(importProgress(name, 5, 10));
      }),
      RUNS,
    );
  });
});
