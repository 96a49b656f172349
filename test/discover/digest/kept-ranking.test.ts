import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { TYPE_WEIGHTS } from '../../../src/discover/fit/criteria.ts';
import { changeWeights } from '../../../src/discover/learning/change-weights.ts';
import { countCompanies, findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { CompanyModel } from '../../../src/programme/companies/company-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { AT, aCompany, ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

const rank = async (workspaceId = HOME) => (await rankCandidates(workspaceId, { top: 10, now: AT })).ranked;
const names = async (workspaceId = HOME) => (await rank(workspaceId)).map(({ name }) => name).sort();
const two = async () => {
  await aProgramme();
  return [
    await aCompany({ name: 'Tidemark', domain: 'tidemark.example' }),
    await aCompany({ name: 'Oxbow', domain: 'oxbow.example' }),
  ] as const;
};

/** Whole companies that the database handed out while `work` ran. */
async function companiesRead(work: () => Promise<unknown>): Promise<number> {
  let read = 0;
  mongoose.set('debug', (collection: string, method: string, filter: { domain?: object }) => {
    if (collection === 'companies' && method === 'find' && filter.domain) read++;
  });
  await work();
  mongoose.set('debug', false);
  return read;
}

describe('a ranking that is kept', () => {
  test('ten who ask at once, the first time, make the companies be read once; asked again, not at all', async () => {
    await two();
    const ten = () => Promise.all(Array.from({ length: 10 }, () => rank()));
    expect(await companiesRead(ten)).toBe(1);
    expect(await companiesRead(ten)).toBe(0);
  });

  test('knows of a decision, of one taken back, and of a company that is new', async () => {
    const [tidemark] = await two();
    expect(await names()).toEqual(['Oxbow', 'Tidemark']);
    const decide = (choice: Parameters<typeof decideCompany>[2]) => decideCompany(milo, tidemark.id, choice, AT);
    await decide({ kind: 'not-fit', reason: 'other', note: '' });
    expect(await names()).toEqual(['Oxbow']);
    await decide({ kind: 'undecided' });
    await aCompany({ name: 'Writer', domain: 'writer.example' });
    expect(await names()).toEqual(['Oxbow', 'Tidemark', 'Writer']);
  });

  test('knows who became a partner, and who asked for silence, and opens those gates again', async () => {
    const [tidemark] = await two();
    expect(await names()).toEqual(['Oxbow', 'Tidemark']);
    await decideCompany(milo, tidemark.id, { kind: 'partner' }, AT);
    await suppress(HOME, { kind: 'company', value: 'oxbow.example' }, { reason: 'asked-us', via: 'card', by: 'U0ANA', at: AT });
    expect(await names()).toEqual([]);
    await decideCompany(milo, tidemark.id, { kind: 'undecided' }, AT);
    expect(await names()).toEqual(['Tidemark']);
  });

  test('weighs anew when the weights change', async () => {
    await two();
    const before = await rank();
    const type = before[0]?.type ?? 'technology';
    const weights = TYPE_WEIGHTS[type];
    const other = { ...weights, 'named-by-others': weights['named-by-others'] + weights.complementarity, complementarity: 0 };
    await changeWeights(ana, type, { kind: 'set', weights: other }, AT);
    const reasons = (await rank())[0]?.reasons ?? [];
    expect(reasons.find(({ criterion }) => criterion === 'complementarity')?.max ?? 0).toBe(0);
  });

  test('is of one workspace', async () => {
    await two();
    await aProgramme('T0OTHER');
    await aCompany({ name: 'Elsewhere', domain: 'elsewhere.example', workspaceId: 'T0OTHER' });
    expect([await names(), await names('T0OTHER')]).toEqual([['Oxbow', 'Tidemark'], ['Elsewhere']]);
  });

  test('and so are names: what is gone from the database is gone from both', async () => {
    await two();
    expect([await countCompanies(HOME), await countCompanies('T0OTHER')]).toEqual([2, 0]);
    expect(await findCompaniesByName('T0OTHER', 'Tidemark', 5)).toEqual([]);
    await rank();
    await CompanyModel.deleteMany({});
    await aCompany({ name: 'Writer', domain: 'writer.example' });
    expect([await countCompanies(HOME), await names()]).toEqual([1, ['Writer']]);
  });
});
