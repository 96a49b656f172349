import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createRanking, rankCompanies } from '../../src/fit/rank-companies.ts';
import { scoreCompany } from '../../src/fit/score-company.ts';
import { topList } from '../../src/fit/top-list.ts';
import { aCandidate, anyCandidate, aProfile } from './candidates.ts';

const profile = aProfile({ partnerTypesWanted: ['technology', 'agency', 'affiliate'] });

describe('a ranking', () => {
  test('does not depend on the order of the companies, nor on the others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCandidate, { selector: ({ id }) => id, maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (companies, top) => {
          const { ranked, candidates } = rankCompanies(profile, companies, { top });
          expect(candidates).toBe(companies.length);
          expect(rankCompanies(profile, [...companies].reverse(), { top }).ranked).toEqual(ranked);
          for (const { id, domain, name, ...fit } of ranked) {
            const alone = companies.find((company) => company.id === id);
            expect(alone && scoreCompany(profile, alone, fit.type)).toEqual(fit);
            expect([domain, name]).toEqual([alone?.domain, alone?.name]);
          }
          expect(rankCompanies(profile, companies, { top: 99 }).ranked.slice(0, top)).toEqual(ranked);
        },
      ),
    );
  });

  test('puts what is hardly known behind, then the higher score first', () => {
    const unknown = aCandidate({ id: 'unknown', domain: 'a.example', website: 'https://a.example' });
    const good = aCandidate({ id: 'good', domain: 'b.example', oneLiner: 'CRM with an API for developers' });
    const poor = aCandidate({ id: 'poor', domain: 'c.example', oneLiner: 'Flowers' });
    const { ranked } = rankCompanies(profile, [unknown, poor, good], { type: 'technology', top: 9 });
    expect(ranked.map(({ id }) => id)).toEqual(['good', 'poor', 'unknown']);
    expect(ranked.at(-1)).toMatchObject({ score: 100, known: 0.05 });
  });

  test('fed in slices it is the same as at once', () => {
    const companies = fc.sample(anyCandidate, { numRuns: 60, seed: 7 });
    const ranking = createRanking(profile, { top: 5 });
    for (const company of companies) ranking.add(company);
    expect(ranking.result()).toEqual(rankCompanies(profile, companies, { top: 5 }));
    expect(ranking.result()).toEqual(ranking.result());
  });

  test('changed weights change the order', () => {
    const big = aCandidate({ id: 'big', domain: 'a.example', oneLiner: 'Flowers', teamSize: 900 });
    const apt = aCandidate({ id: 'apt', domain: 'b.example', oneLiner: 'CRM for developers', teamSize: 1 });
    const none = {
      'icp-overlap': 0,
      complementarity: 0,
      reach: 0,
      geography: 0,
      size: 0,
      'tech-stack': 0,
      'programme-maturity': 0,
      reachability: 0,
    };
    const first = (weights: typeof none) =>
      rankCompanies(profile, [big, apt], { type: 'technology', top: 1, weights: { technology: weights } }).ranked[0]?.id;
    expect(first({ ...none, size: 100 })).toBe('big');
    expect(first({ ...none, complementarity: 100 })).toBe('apt');
    expect(rankCompanies(profile, [big], { type: 'technology', top: 1, weights: { technology: none } }).ranked[0]).toMatchObject({
      score: 0,
      known: 0,
    });
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
