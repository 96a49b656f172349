import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { companyCard } from '../../blocks/discover/company-card.ts';
import { companyList } from '../../blocks/discover/company-list.ts';
import { digestCard, digestTitle } from '../../blocks/discover/digest-card.ts';
import { importProgress, importReport } from '../../blocks/programme/import-forms.ts';
import { companyThread } from '../../blocks/recruit/company-thread.ts';
import { draftCard, draftTitle } from '../../blocks/recruit/draft-card.ts';
import { decisionNotice } from '../../blocks/recruit/draft-forms.ts';
import type { Digest } from '../../src/discover/digest/digest.ts';
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
        if (best) message({ text: 'Card', blocks: companyCard(best, decided) }, 'response_url');
        const companies = [best, ...rest].flatMap((one) =>
          one ? [{ ...one, id: one.companyId, state: 'put off', why: one.oneLiner }] : [],
        );
        for (const held of [true, false])
          for (const others of [0, 99_999]) {
            const page = { companies, total: 99_999, others, from: 20, held };
            message({ text: 'List', blocks: companyList(page) }, 'response_url');
            message({ text: 'List', blocks: companyList({ ...page, companies: [] }) }, 'response_url');
          }
      }),
      RUNS,
    );
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
