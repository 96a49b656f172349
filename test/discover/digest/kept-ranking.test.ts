import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { withRanking } from '../../../src/discover/digest/kept-ranking.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { TYPE_WEIGHTS } from '../../../src/discover/fit/criteria.ts';
import { getFitProfile } from '../../../src/discover/fit/fit-profile.ts';
import { changeWeights } from '../../../src/discover/learning/change-weights.ts';
import { countCompanies, findCompaniesByName, namesOf } from '../../../src/programme/companies/company-names.ts';
import { CompanyModel } from '../../../src/programme/companies/company-repository.ts';
import { importCompanies } from '../../../src/programme/companies/import-companies.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
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

/** The workspaces whose companies were read page by page while `work` ran, once for each page. */
async function pagesRead(work: () => Promise<unknown>): Promise<string[]> {
  const read: string[] = [];
  mongoose.set('debug', (collection: string, method: string, filter: { domain?: object; workspaceId: string }) => {
    if (collection === 'companies' && method === 'find' && filter.domain) read.push(filter.workspaceId);
  });
  await work();
  mongoose.set('debug', false);
  return read;
}

/** More than two pages of them. */
async function manyCompanies(workspaceId: string): Promise<void> {
  const csv = `domain,name\n${Array.from({ length: 250 }, (_, n) => `c${n}.example,Company ${n}`).join('\n')}\n`;
  await importCompanies(workspaceId, { bytes: Buffer.from(csv), name: 'a.csv' }, { by: 'U1', at: AT });
}

describe('a ranking that is kept', () => {
  test('ten who ask at once, the first time, make the companies be read once; asked again, not at all', async () => {
    await two();
    const ten = () => Promise.all(Array.from({ length: 10 }, () => rank()));
    expect(await pagesRead(ten)).toEqual([HOME]);
    expect(await pagesRead(ten)).toEqual([]);
  });

  test('workspaces that ask at once, the first time, are read one after another, also when the first one fails', async () => {
    const workspaces = ['T0FIRST', 'T0SECOND', 'T0THIRD'];
    for (const workspaceId of workspaces) await aProgramme(workspaceId);
    for (const workspaceId of workspaces) await manyCompanies(workspaceId);
    await CompanyModel.collection.updateOne({ workspaceId: 'T0FIRST', domain: 'c0.example' }, { $set: { name: 7 } });
    const asked = () => Promise.allSettled(workspaces.map((workspaceId) => rank(workspaceId)));
    const read = await pagesRead(async () => {
      expect((await asked()).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    });
    const changes = read.filter((workspaceId, at) => workspaceId !== read[at - 1]);
    expect([read.length, changes.sort()]).toEqual([7, workspaces]);
  });

  test('leaves out a competitor that is named while the question waits for its turn', async () => {
    await two();
    await rank();
    let end = () => {};
    const mayEnd = new Promise<void>((resolve) => {
      end = resolve;
    });
    const before = withRanking(HOME, () => mayEnd);
    const waiting = names();
    // By then the question stands in the queue.
    for (let looks = 0; looks < 5; looks++) await getFitProfile(HOME);
    await saveProgramme(ana, 'leaveOut', { competitors: ['tidemark.example'], customers: [], existing: [] }, AT);
    end();
    await before;
    expect(await waiting).toEqual(['Oxbow']);
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

  test('counting companies reads none of them, unless their names are kept anyway', async () => {
    const workspaceId = 'T0UNASKED';
    await aCompany({ name: 'Tidemark', domain: 'tidemark.example', workspaceId });
    expect(await pagesRead(async () => expect(await countCompanies(workspaceId)).toBe(1))).toEqual([]);
    await findCompaniesByName(workspaceId, 'Tidemark', 5);
    await aCompany({ name: 'Writer', domain: 'writer.example', workspaceId });
    expect(await countCompanies(workspaceId)).toBe(2);
  });

  test('who walks through the names meets all of them, also when they are read anew meanwhile', async () => {
    await two();
    const walk = (await namesOf(HOME)).values();
    const first = walk.next().value;
    await CompanyModel.deleteMany({});
    await aCompany({ name: 'Writer', domain: 'writer.example' });
    expect([...(await namesOf(HOME)).values()].map(({ name }) => name)).toEqual(['Writer']);
    expect([first, ...walk].map((company) => company?.name).sort()).toEqual(['Oxbow', 'Tidemark']);
  });
});
