import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerLabelled, scoreAnswers } from '../../bench/conflict-quality.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url).pathname;
const isThere = existsSync(DATA);
if (!isThere) process.stderr.write('The labelled registrations are not here: their figures are not tested.\n');

(isThere ? test : test.skip)(
  'labelled registrations: found, decided without a person, and nobody blocked who was no duplicate',
  async () => {
    const { items, answers } = await answerLabelled(DATA);
    const all = scoreAnswers(items, answers);
    expect(all.f1).toBeGreaterThanOrEqual(0.97);
    expect(all.decided).toBeGreaterThanOrEqual(0.85);
    expect(all.blocked).toBeLessThanOrEqual(0.01);
    // No kind carries the figure: without any one of them it stands.
    for (const kind of new Set(items.map((item) => item.kind))) {
      const rest = items.filter((item) => item.kind !== kind);
      expect({ without: kind, ...scoreAnswers(rest, answers) }).toMatchObject({ without: kind, f1: expect.any(Number) });
      expect(scoreAnswers(rest, answers).f1).toBeGreaterThanOrEqual(0.97);
    }
  },
);
