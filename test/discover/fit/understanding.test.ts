import { describe, expect, test } from 'vitest';
import { AREA_IDS, AREAS } from '../../../src/discover/fit/areas.ts';
import { COMPLEMENTS } from '../../../src/discover/fit/complements.ts';
import { FitProfile } from '../../../src/discover/fit/fit.ts';
import { understandProfile } from '../../../src/discover/fit/fit-target.ts';
import { scoreCompany } from '../../../src/discover/fit/score-company.ts';
import { SEGMENTS } from '../../../src/discover/fit/segments.ts';
import { aCandidate, aProfile } from './candidates.ts';

describe('what a profile is understood to be', () => {
  test.each([
    ['Help desk software with live chat.', ['customer-support'], 'complements'],
    ['Payroll for small companies; sends files to banks and accounting software.', ['hr'], 'complements'],
    ['An open standard and its foundation for tracing.', ['observability'], 'adopters'],
    ['An open-source database.', ['databases'], 'complements'],
    ['Flowers.', [], 'complements'],
    ['', [], 'complements'],
  ])('%j', (sells, areas, relation) => {
    const understood = understandProfile(aProfile({ sells }));
    expect([...understood.areas.keys()]).toEqual(expect.arrayContaining(areas));
    expect([[...understood.areas.keys()][0], understood.relation]).toEqual([areas[0], relation]);
  });

  // Each was once read by a single word: custom code as customs, language models as translation, a managed service as a trade of its own.
  test.each([
    [
      'Data activation: customer data from the warehouse in the tools of business teams, without custom code.',
      'data-pipelines',
      'logistics',
    ],
    ['Moves data: extract and load pipelines run from the command line or a managed service.', 'data-pipelines', 'managed-services'],
    ['Builds applications on language models with a visual workflow editor.', 'ai-models', 'localization'],
    ['Connects IT and security systems: security orchestration and automation.', 'security', 'cloud-native'],
    ['Booking and patient recall for dental practices.', 'health', 'hospitality'],
    ['Software for works councils: meetings, resolutions and deadlines.', 'hr', 'meetings'],
    ['Field service app: job scheduling, technician dispatch and invoicing.', 'field-service', 'customer-support'],
  ])('%s', (sells, area, misread) => {
    const areas = [...understandProfile(aProfile({ sells })).areas.keys()];
    expect(areas).toContain(area);
    expect(areas).not.toContain(misread);
  });

  test('a field with one sign in passing is none of ours; where there are only hints, nothing is clear', () => {
    const long = 'Help desk software with live chat and a shared inbox for support teams of every size, which also shows a dashboard.';
    expect([...understandProfile(aProfile({ sells: long })).areas.keys()]).toEqual(['customer-support']);
    const [clarity] = understandProfile(aProfile({ sells: 'Everything about reporting' })).areas.values();
    expect(clarity).toBeLessThan(0.6);
  });

  test('a person can say otherwise, and the score follows', () => {
    const corrected = { areas: ['payments' as const], relation: 'adopters' as const };
    const profile = FitProfile.parse({ ...aProfile(), corrected });
    expect(understandProfile(profile)).toMatchObject({ areas: new Map([['payments', 1]]), relation: 'adopters' });
    const wallet = aCandidate({ oneLiner: 'A payment gateway' });
    const points = (fit: ReturnType<typeof scoreCompany>) =>
      fit.reasons.find(({ criterion }) => criterion === 'complementarity')?.points ?? 0;
    expect(points(scoreCompany(profile, wallet))).toBeGreaterThan(points(scoreCompany(aProfile(), wallet)));
  });

  test('areas nobody knows are refused', () => {
    expect(FitProfile.safeParse({ ...aProfile(), corrected: { areas: ['flowers'] } }).success).toBe(false);
  });
});

describe('the tables', () => {
  test.each(AREA_IDS)('%s has signs, buyers that are known groups, and a reason for each that completes it', (id) => {
    const { signs, hints, buyers } = AREAS[id];
    expect(signs.length).toBeGreaterThan(4);
    expect(new Set([...signs, ...hints]).size).toBe(signs.length + hints.length);
    expect(buyers.filter((buyer) => !(buyer in SEGMENTS))).toEqual([]);
    const complements = [...(COMPLEMENTS.get(id)?.values() ?? [])];
    expect(complements.length).toBeGreaterThan(4);
    for (const { strength, because } of complements) expect([strength > 0 && strength <= 1, because.length > 3]).toEqual([true, true]);
  });
});
