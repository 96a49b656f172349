import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRITERION_IDS, TYPE_WEIGHTS, type Weights } from '../../../src/discover/fit/criteria.ts';
import { ENOUGH, fitWeights } from '../../../src/discover/learning/fit-weights.ts';
import { type Lesson, lessonOf } from '../../../src/discover/learning/lesson.ts';
import { bounded, isSame, mapWeights, sum, wholePoints } from '../../../src/discover/learning/type-weights.ts';
import { REJECTION_REASONS } from '../../../src/programme/companies/company.ts';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';
import { seeded } from '../../support/mutate.ts';
import { madeUpPool, START } from './made-up-team.ts';

const RUNS = { numRuns: 60 };
const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const shares = fc.dictionary(fc.constantFrom(...CRITERION_IDS), share, { noNullPrototype: true }) as fc.Arbitrary<Lesson['shares']>;
const lesson = fc.record({ pursued: fc.boolean(), partly: fc.boolean(), shares });
/** Whole weights that sum to 100, as an admin may set them: also zeros, also all on one. */
const weights = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: CRITERION_IDS.length - 1, maxLength: CRITERION_IDS.length - 1 })
  .map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
  .map((marks) => mapWeights((id) => (marks[CRITERION_IDS.indexOf(id) + 1] ?? 0) - (marks[CRITERION_IDS.indexOf(id)] ?? 0)));
const start = fc.oneof(
  fc.constantFrom(...PARTNER_TYPES).map((type) => TYPE_WEIGHTS[type]),
  weights,
);

/** A team that looks at one criterion and nothing else. */
function clearTaste(id: keyof Weights, n = 60): Lesson[] {
  return madeUpPool(seeded(7), n).map((known) => ({ pursued: (known[id] ?? 0) > 0.55, partly: false, shares: known }));
}

describe('whatever was decided', () => {
  const holds = (from: Weights, to: Weights) => {
    expect(sum(to)).toBe(100);
    for (const id of CRITERION_IDS) {
      expect(Number.isInteger(to[id])).toBe(true);
      expect(to[id]).toBeGreaterThanOrEqual(from[id] / 2);
      expect(to[id]).toBeLessThanOrEqual(from[id] * 2);
    }
  };

  test('weights are whole, sum to 100, and stay between half and double', () => {
    fc.assert(
      fc.property(start, fc.array(lesson, { maxLength: 80 }), (from, lessons) => holds(from, fitWeights(from, lessons).weights)),
      RUNS,
    );
  });

  test('also where the taste is as clear as can be', () => {
    fc.assert(
      fc.property(start, fc.constantFrom(...CRITERION_IDS), (from, id) => holds(from, fitWeights(from, clearTaste(id)).weights)),
      RUNS,
    );
  });

  test('any wish is brought within the bounds', () => {
    const wish = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), {
      minLength: CRITERION_IDS.length,
      maxLength: CRITERION_IDS.length,
    });
    fc.assert(
      fc.property(start, wish, (from, wanted) => {
        const exact = bounded(
          from,
          mapWeights((id) => wanted[CRITERION_IDS.indexOf(id)] ?? 1),
        );
        expect(sum(exact)).toBeCloseTo(100, 5);
        holds(from, wholePoints(from, exact));
      }),
    );
  });

  test('the order of the decisions does not matter', () => {
    const [loved = 'role'] = CRITERION_IDS;
    const lessons = clearTaste(loved as keyof Weights);
    const learned = fitWeights(START, lessons).weights;
    expect(isSame(learned, START)).toBe(false);
    expect(fitWeights(START, lessons.toReversed()).weights).toEqual(learned);
  });
});

describe('when it begins', () => {
  const [loved] = CRITERION_IDS;
  if (!loved) throw new Error('there are no criteria');

  test.each(CRITERION_IDS)('a clear taste for %s raises it', (id) => {
    expect(fitWeights(START, clearTaste(id)).weights[id]).toBeGreaterThan(START[id]);
  });

  test('not before there are enough decisions', () => {
    expect(fitWeights(START, clearTaste(loved).slice(0, ENOUGH.all - 1))).toEqual({ weights: START, odds: 1 });
  });

  test('not while nearly all are of one kind', () => {
    const lessons = clearTaste(loved);
    const few = [...lessons.filter(({ pursued }) => pursued).slice(0, ENOUGH.ofEach - 1), ...lessons.filter(({ pursued }) => !pursued)];
    expect(few.length).toBeGreaterThan(ENOUGH.all);
    expect(fitWeights(START, few)).toEqual({ weights: START, odds: 1 });
  });

  test.each<[string, (lesson: Lesson) => Lesson]>([
    ['nothing was known of any company', (one) => ({ ...one, shares: {} })],
    ['all companies were alike', (one) => ({ ...one, shares: mapWeights(() => 0.5) })],
  ])('not when %s', (_name, change) => {
    expect(fitWeights(START, clearTaste(loved).map(change)).weights).toEqual(START);
  });
});

describe('what a decision teaches', () => {
  const at = new Date(0);
  const snapshot = { type: 'technology' as const, shares: { ...mapWeights(() => 0.4), 'gone-since': 1 } };
  const skip = (reason: (typeof REJECTION_REASONS)[number]) => lessonOf({ kind: 'not-fit', reason, note: '', snapshot, by: 'U1', at });

  test('a draft teaches about every criterion there is today', () => {
    const taught = lessonOf({ kind: 'pursued', snapshot, by: 'U1', at });
    expect(taught).toEqual({ pursued: true, partly: false, shares: mapWeights(() => 0.4) });
  });

  test('reasons that are not about fit teach nothing', () => {
    expect(REJECTION_REASONS.filter((reason) => skip(reason) === null)).toEqual([
      'too-small',
      'too-large',
      'competitor',
      'known-already',
      'no-contact',
    ]);
  });

  test('a wrong market teaches only about customers and place', () => {
    const taught = skip('wrong-market');
    expect(taught?.partly).toBe(true);
    expect(Object.keys(taught?.shares ?? {}).sort()).toEqual(['geography', 'icp-overlap']);
  });

  test('putting off and decisions from before set-up teach nothing', () => {
    expect(lessonOf({ kind: 'later', until: at, by: 'U1', at })).toBeNull();
    expect(lessonOf({ kind: 'pursued', by: 'U1', at })).toBeNull();
  });
});
