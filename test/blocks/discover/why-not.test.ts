import fc from 'fast-check';
import { test } from 'vitest';
import { alsoMatching, unknownCompany, whyForm, whyNotBlocks } from '../../../blocks/discover/why-not.ts';
import { modal } from '../../../blocks/elements.ts';
import type { Hindrance, Position } from '../../../src/discover/digest/why-not.ts';
import { CRITERION_IDS } from '../../../src/discover/fit/criteria.ts';
import type { Company } from '../../../src/programme/companies/company.ts';
import { decision, domain, nasty } from '../extreme.ts';
import { message, view } from '../slack-takes.ts';

const RUNS = { numRuns: 60 };
const named = fc.record({ name: nasty(200), domain });
const reasons = fc.array(nasty(5000), { minLength: 8, maxLength: 8 }).map((texts) =>
  CRITERION_IDS.map((criterion, index) => ({
    criterion,
    points: 12.5,
    max: 40,
    finding: { code: 'as-written' as const, sentence: texts[index] ?? '' },
    asOf: null,
    evidence: [],
  })),
);
const position: fc.Arbitrary<Position> = fc.record({
  name: nasty(200),
  place: fc.integer({ min: 1, max: 1_000_000 }),
  fit: fc.record({ type: fc.constant('co-marketing' as const), score: fc.constant(50), known: fc.constant(0.3), reasons }),
});
const hindrances: fc.Arbitrary<Hindrance[]> = decision.map((decided) => [
  ...(decided ? [{ kind: 'decided' as const, decision: decided }] : [{ kind: 'shown' as const, day: '2026-11-23' }]),
  { kind: 'little-known' as const, known: 0.3 },
]);

test('Slack takes the answer in a message and in a modal, whatever stands in it', () => {
  fc.assert(
    fc.property(
      named,
      position,
      position,
      hindrances,
      fc.array(named, { maxLength: 5 }),
      nasty(200),
      (one, own, last, kept, near, words) => {
        // The answer reads no more of a company than its name and its domain.
        const company = one as Company;
        const answers = [
          whyNotBlocks({ gate: { gate: 'competitor', entry: words }, company }),
          whyNotBlocks({
            gate: null,
            company,
            position: own,
            candidates: 1_000_000,
            hindrances: kept,
            last: { ...last, day: '2026-11-23' },
          }),
          whyNotBlocks({ gate: null, company, position: own, candidates: 1, hindrances: [], last: null }),
          unknownCompany(words, near),
        ];
        for (const blocks of answers) {
          message({ text: 'Why not?', blocks: [...blocks, ...alsoMatching(near)] }, 'response_url');
          view(modal('Why not …?', [...blocks, ...alsoMatching(near)]));
        }
      },
    ),
    RUNS,
  );
  view(whyForm('d'));
});
