import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRITERION_IDS, type Weights } from '../../../src/discover/fit/criteria.ts';
import { createRanking, rankCompanies, topList } from '../../../src/discover/fit/rank-companies.ts';
import { scoreCompany } from '../../../src/discover/fit/score-company.ts';
import { atOnce, inSlices } from '../../../src/platform/slices.ts';
import { aCandidate, anyCandidate, aProfile } from './candidates.ts';

const profile = aProfile({ partnerTypesWanted: ['technology', 'agency', 'affiliate'] });
const anyCompanies = fc.uniqueArray(anyCandidate, { selector: ({ id }) => id, maxLength: 12 });

function only(criterion: (typeof CRITERION_IDS)[number]): Weights {
  return Object.fromEntries(CRITERION_IDS.map((id) => [id, id === criterion ? 100 : 0])) as Weights; // every id is there
}

describe('a ranking', () => {
  test('does not depend on the order of the companies; what is shown of each gives its score', () => {
    fc.assert(
      fc.property(anyCompanies, fc.integer({ min: 1, max: 12 }), (companies, top) => {
        const { ranked, candidates } = rankCompanies(profile, companies, { top });
        expect(candidates).toBe(companies.length);
        expect(rankCompanies(profile, [...companies].reverse(), { top }).ranked).toEqual(ranked);
        expect(rankCompanies(profile, companies, { top: 99 }).ranked.slice(0, top)).toEqual(ranked);
        for (const { score, known, reasons } of ranked) {
          const [points, max] = [
            reasons.reduce((sum, reason) => sum + reason.points, 0),
            reasons.reduce((sum, reason) => sum + reason.max, 0),
          ];
          const missing = reasons.reduce((sum, { finding, max }) => sum + (finding.code === 'no-place' ? max : 0), 0);
          expect([score, known]).toEqual([max === 0 ? 0 : Math.round(Number(((100 * points) / max).toFixed(9))), (max - missing) / 100]);
        }
      }),
    );
  });

  test('ranks by the very score it shows', () => {
    const companies = fc.sample(anyCandidate, { numRuns: 80, seed: 11 });
    const ranking = createRanking(profile);
    for (const company of companies) ranking.add(company);
    for (const { id, standing } of atOnce(ranking.best({ top: 80 })).placed) {
      const company = companies.find((candidate) => candidate.id === id);
      expect(company && ranking.explain(company, [])).toMatchObject({
        type: standing.type,
        score: Math.round(standing.exact),
        known: standing.known,
      });
    }
  });

  test('what the other companies say changes nothing but who is named and which words are telling', () => {
    const companies = fc.sample(anyCandidate, { numRuns: 30, seed: 3 });
    const own = ({ reasons }: { reasons: { criterion: string }[] }) =>
      reasons.filter(({ criterion }) => criterion !== 'named-by-others' && criterion !== 'shared-words');
    for (const { id, type, reasons } of rankCompanies(profile, companies, { top: 30 }).ranked) {
      const alone = companies.find((company) => company.id === id);
      expect(alone && own(scoreCompany(profile, alone, type))).toEqual(own({ reasons }));
    }
  });

  test('puts what is hardly known behind, then the higher score first', () => {
    const unknown = aCandidate({ id: 'unknown', name: 'Someone', domain: 'a.example', locations: ['Berlin, Germany'] });
    const good = aCandidate({ id: 'good', domain: 'b.example', oneLiner: 'CRM with an API for developers' });
    const poor = aCandidate({ id: 'poor', domain: 'c.example', oneLiner: 'Flowers' });
    const { ranked } = rankCompanies(profile, [unknown, poor, good], { type: 'technology', top: 9 });
    expect(ranked.map(({ id }) => id)).toEqual(['good', 'poor', 'unknown']);
  });

  test('read again and added it is the same as read afresh', async () => {
    const companies = fc.sample(anyCandidate, { numRuns: 60, seed: 7 });
    const [first, second, changed] = [companies.slice(0, 30), companies.slice(30), companies[3]];
    const ranking = createRanking(profile);
    first.forEach(ranking.add);
    atOnce(ranking.best({ top: 5 }));
    for (const company of second) ranking.add(company);
    if (changed) ranking.add({ ...changed, oneLiner: 'A CRM', description: '', tags: [] });
    const now = companies.map((company) => (company === changed ? { ...company, oneLiner: 'A CRM', description: '', tags: [] } : company));
    const fresh = createRanking(profile);
    now.forEach(fresh.add);
    const order = ({ placed }: { placed: { id: string; standing: unknown }[] }) => placed.map(({ id, standing }) => ({ id, standing }));
    expect(order(await inSlices(ranking.best({ top: 20 })))).toEqual(order(atOnce(fresh.best({ top: 20, among: 'all' }))));
  });

  test('changed weights change the order without reading anything again', () => {
    const big = aCandidate({ id: 'big', domain: 'a.example', oneLiner: 'Flowers', locations: ['Berlin, Germany'] });
    const apt = aCandidate({ id: 'apt', domain: 'b.example', oneLiner: 'CRM for developers', locations: ['Lagos, Nigeria'] });
    const ranking = createRanking(profile, ['technology']);
    for (const company of [big, apt]) ranking.add(company);
    const first = (weights: Weights) => atOnce(ranking.best({ top: 1, weights: { technology: weights } })).placed[0];
    expect(first(only('geography'))?.id).toBe('big');
    expect(first(only('complementarity'))?.id).toBe('apt');
    expect(first({ ...only('geography'), geography: 0 })?.standing).toMatchObject({ exact: 0, known: 0 });
  });
});

test('a top list keeps the best of any numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.nat({ max: 20 }), (numbers, size) => {
      const list = topList<number>(size, (a, b) => a - b);
      for (const number of numbers) list.offer(number);
      expect(list.sorted()).toEqual([...numbers].sort((a, b) => a - b).slice(0, size));
    }),
  );
});
