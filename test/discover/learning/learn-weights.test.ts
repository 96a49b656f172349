import { addMinutes } from 'date-fns';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { markPosted } from '../../../src/discover/digest/digest-repository.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { TYPE_WEIGHTS } from '../../../src/discover/fit/criteria.ts';
import { changeWeights } from '../../../src/discover/learning/change-weights.ts';
import { explainWeights } from '../../../src/discover/learning/explain-weights.ts';
import { learnWeights } from '../../../src/discover/learning/learn-weights.ts';
import { currentOf, mapWeights, sum } from '../../../src/discover/learning/type-weights.ts';
import { customWeights } from '../../../src/discover/learning/weights-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { AT, aCompany, ana, HOME, mia, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { setUp } from '../../support/ready-workspace.ts';
import { bringBoth, companyId, decideBoth, teach, technology } from './decisions.ts';

useMongo();
beforeEach(() => setUp(AT));
const LATER = addMinutes(AT, 1);
const DEFAULT = TYPE_WEIGHTS.technology;
const [first] = Object.keys(DEFAULT) as (keyof typeof DEFAULT)[]; // Object.keys forgets the key type
const versions = async () => (await explainWeights(HOME, 'technology')).versions;

describe('decisions teach', () => {
  test('what the team drafts moves the weights, and the ranking uses them', async () => {
    await teach();
    const weights = currentOf(await technology());
    expect(weights).not.toEqual(DEFAULT);
    expect(sum(weights)).toBe(100);
    expect(await customWeights(HOME)).toEqual({ technology: weights });
    const { ranked } = await rankCandidates(HOME, { top: 1, now: AT });
    const learned = (ranked[0]?.reasons ?? []).filter(({ criterion }) => criterion in weights);
    expect(learned.length).toBeGreaterThan(3);
    for (const { criterion, max } of learned)
      expect({ criterion, max }).toEqual({ criterion, max: weights[criterion as keyof typeof weights] });
    expect(await versions()).toEqual([
      expect.objectContaining({
        version: 1,
        why: 'learn',
        by: 'system',
        from: DEFAULT,
        to: weights,
        decisions: { drafted: 20, turnedDown: 20 },
      }),
    ]);
  });

  test('the decision keeps what the company looked like, not what is imported later', async () => {
    await bringBoth(1);
    await decideBoth(1);
    const { decision } = await getCompany(HOME, await companyId(0));
    expect(decision).toMatchObject({ snapshot: { type: 'technology', shares: { [first ?? '']: expect.any(Number) } } });
  });

  test('of one that was in a digest, it keeps what the digest showed', async () => {
    await bringBoth(1);
    const { id, items } = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
    await markPosted(HOME, id, AT);
    await aCompany({ domain: 'company0.example', name: 'Company 0', oneLiner: 'Something else by now', locations: ['Lima, Peru'] });
    await decideBoth(1);
    const { decision } = await getCompany(HOME, await companyId(0));
    expect(decision).toMatchObject({ snapshot: { type: items[0]?.type, shares: items[0]?.shares } });
    expect(items[0]?.shares).toMatchObject({ geography: 1 });
  });

  test('for a reason that is not about fit they do not', async () => {
    await bringBoth(40);
    await decideBoth(40, { reason: 'known-already' });
    expect(await learnWeights(HOME, AT)).toEqual([]);
    expect(await explainWeights(HOME, 'technology')).toMatchObject({ drafted: 20, turnedDown: 0, current: DEFAULT });
  });

  test('a decision that is repeated counts once, one that is taken back not at all', async () => {
    await bringBoth(40);
    for (let time = 0; time < 3; time++) await decideBoth(40);
    for (let time = 0; time < 3; time++) await learnWeights(HOME, AT);
    expect(await explainWeights(HOME, 'technology')).toMatchObject({ drafted: 20, turnedDown: 20, version: 1 });
    for (let n = 0; n < 40; n++) await decideCompany(milo, await companyId(n), { kind: 'undecided' }, LATER);
    expect(await learnWeights(HOME, LATER)).toEqual(['technology']);
    expect(currentOf(await technology())).toEqual(DEFAULT);
  });

  test('forty at once end where forty in a row do', async () => {
    await bringBoth(40);
    const one = async (n: number) => {
      await decideBoth(n + 1, { from: n });
      await learnWeights(HOME, AT);
    };
    await Promise.all(Array.from({ length: 40 }, (_, n) => one(n)));
    const atOnce = await technology();
    expect(await learnWeights(HOME, AT)).toEqual([]);
    expect((await technology()).learned).toEqual(atOnce.learned);
    expect(atOnce.learned).not.toBeNull();
    const steps = (await versions()).map(({ version }) => version);
    expect(steps).toEqual(Array.from(steps, (_, index) => atOnce.version - index));
  });
});

describe('an admin', () => {
  const setFirst = (at = LATER) =>
    changeWeights(ana, 'technology', { kind: 'set', weights: mapWeights((id) => (id === first ? 100 : 0)) }, at);

  test('freezes: nothing moves, whatever is decided; thawed, all of it counts', async () => {
    await bringBoth(40);
    await changeWeights(ana, 'technology', { kind: 'freeze' }, AT);
    expect(await changeWeights(ana, 'technology', { kind: 'freeze' }, AT)).toMatchObject({ changed: false });
    await decideBoth(40);
    expect(await learnWeights(HOME, AT)).toEqual([]);
    expect(currentOf(await technology())).toEqual(DEFAULT);
    await changeWeights(ana, 'technology', { kind: 'unfreeze' }, AT);
    expect(await learnWeights(HOME, AT)).toEqual(['technology']);
  });

  test('freezes in the very moment of a lesson: either before or after it, never in between', async () => {
    await bringBoth(40);
    await decideBoth(40);
    await Promise.all([learnWeights(HOME, AT), changeWeights(ana, 'technology', { kind: 'freeze' }, AT), learnWeights(HOME, AT)]);
    const frozen = await technology();
    expect(frozen.frozen).toBe(true);
    await learnWeights(HOME, AT);
    expect(await technology()).toEqual(frozen);
  });

  test('sets: that is the start from now on, and earlier decisions no longer teach', async () => {
    await teach();
    await setFirst();
    expect(await learnWeights(HOME, LATER)).toEqual([]);
    const explained = await explainWeights(HOME, 'technology');
    expect(explained).toMatchObject({ isOwnStart: true, isLearned: false, drafted: 0, turnedDown: 0 });
    expect(explained.current[first ?? 'role']).toBe(100);
  });

  test('resets: the defaults hold, and the lessons do not come back by themselves', async () => {
    await teach();
    await changeWeights(ana, 'technology', { kind: 'reset' }, LATER);
    await learnWeights(HOME, LATER);
    expect(currentOf(await technology())).toEqual(DEFAULT);
    expect(await changeWeights(ana, 'technology', { kind: 'reset' }, addMinutes(LATER, 1))).toMatchObject({ changed: false });
    expect((await versions()).map(({ why }) => why)).toEqual(['reset', 'learn']);
  });

  test.each([
    ['a sum of 99', mapWeights((id) => (id === first ? 99 : 0))],
    ['a half point', mapWeights((id) => (id === first ? 99.5 : id === 'geography' ? 0.5 : 0))],
    ['less than nothing', mapWeights((id) => (id === first ? 101 : id === 'geography' ? -1 : 0))],
  ])('cannot set %s', async (_name, weights) => {
    await expect(changeWeights(ana, 'technology', { kind: 'set', weights }, AT)).rejects.toThrow();
    expect(currentOf(await technology())).toEqual(DEFAULT);
  });

  test.each([
    ['a manager', milo],
    ['a member', mia],
  ])('is needed: %s is refused, and it is recorded', async (_name, actor) => {
    for (const kind of ['freeze', 'unfreeze', 'reset'] as const)
      await expect(changeWeights(actor, 'technology', { kind }, AT)).rejects.toMatchObject({ code: 'role-needed' });
    expect((await listAudit(HOME, { subject: 'weights:technology' })).map(({ action }) => action).sort()).toEqual([
      'weights.freeze-refused',
      'weights.reset-refused',
      'weights.unfreeze-refused',
    ]);
    expect(await versions()).toEqual([]);
  });

  test('leaves a record of who, when, from what and to what', async () => {
    await setFirst();
    const [entry] = await listAudit(HOME, { action: 'weights.set' });
    expect(entry).toMatchObject({
      by: ana.userId,
      at: LATER,
      before: { version: 0, weights: DEFAULT },
      after: { version: 1, frozen: false },
    });
  });
});
