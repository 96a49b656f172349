import { addDays } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { fitAmongOthers, rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { NOTHING_KNOWN } from '../../../src/programme/companies/company.ts';
import { saveReadFacts } from '../../../src/programme/companies/save-read-facts.ts';
import { AT, aCompany, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

const named = ({ reasons }: { reasons: { criterion: string; points: number }[] }) =>
  reasons.find(({ criterion }) => criterion === 'named-by-others')?.points ?? 0;
const rank = async (workspaceId = HOME) => (await rankCandidates(workspaceId, { top: 10, now: AT })).ranked;

describe('ranking the companies of a workspace', () => {
  test('a company added later, or changed, is seen the next time', async () => {
    await aProgramme();
    await aCompany({ name: 'Tidemark', domain: 'tidemark.example' });
    expect((await rank()).map(named)).toEqual([0]);
    const writer = { name: 'Writer', domain: 'writer.example' };
    await aCompany({ ...writer, description: 'Works with Tidemark every day.' });
    const [first] = (await rank()).filter(({ name }) => name === 'Tidemark');
    expect(first && named(first)).toBeGreaterThan(0);
    expect(first?.reasons.flatMap(({ evidence }) => evidence)).toContainEqual(
      expect.objectContaining({ field: 'named by Writer', source: 'partners.csv:2' }),
    );
    await aCompany({ ...writer, description: 'Works with nobody.' });
    expect((await rank()).map(named)).toEqual([0, 0]);
  });

  test('one company alone has the score the list gives it', async () => {
    await aProgramme();
    const company = await aCompany({ name: 'Tidemark', domain: 'tidemark.example' });
    await aCompany({ name: 'Writer', domain: 'writer.example', description: 'Works with Tidemark every day.' });
    const alone = await fitAmongOthers(HOME, company, AT);
    expect((await rank()).find(({ id }) => id === company.id)).toEqual(alone);
    expect(named(alone)).toBeGreaterThan(0);
  });

  test('as time passes less of it is known; read again on the web, it is known again', async () => {
    await aProgramme();
    const company = await aCompany();
    const later = addDays(AT, 200);
    const knownOf = async (now: Date) => (await rankCandidates(HOME, { top: 1, now })).ranked[0];
    const [today, stale] = [await knownOf(AT), await knownOf(later)];
    expect(stale?.known).toBeLessThan(today?.known ?? 0);
    expect(stale?.score).toBe(today?.score);
    expect(await fitAmongOthers(HOME, company, later)).toEqual(stale);
    const page = { source: 'https://peatworks.example/', at: later };
    const { name, oneLiner, industries, teamSize, locations } = company;
    const facts = { ...NOTHING_KNOWN, name, oneLiner, industries, teamSize, locations };
    await saveReadFacts(HOME, { domain: company.domain, facts, origin: page, origins: {} }, later);
    expect((await knownOf(later))?.known).toBe(today?.known);
  });

  test('asked many times at once, the answer is the same', async () => {
    await aProgramme();
    for (const name of ['Tidemark', 'Oxbow', 'Writer']) {
      await aCompany({ name, domain: `${name.toLowerCase()}.example`, description: 'Works with Oxbow and Tidemark.' });
    }
    const all = await Promise.all(Array.from({ length: 8 }, () => rank()));
    for (const one of all) expect(one).toEqual(all[0]);
  });

  test('what another workspace writes names nobody here', async () => {
    await aProgramme();
    await aProgramme('T0OTHER');
    await aCompany({ name: 'Tidemark', domain: 'tidemark.example' });
    await aCompany({ name: 'Writer', domain: 'writer.example', description: 'Works with Tidemark.', workspaceId: 'T0OTHER' });
    await rank('T0OTHER');
    expect((await rank()).map(named)).toEqual([0]);
  });
});
