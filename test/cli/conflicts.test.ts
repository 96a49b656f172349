import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runConflicts } from '../../src/cli/conflicts.ts';

const CRM = `opportunity_id,account_name,website,contact_domain,city,country,stage,amount_eur,owner,created,expected_close
OPP-1,Saltmarsh Clinics Ltd,https://www.saltmarsh.example/start,,Leeds,GB,Proposal,12000,rep-1,2026-01-05,2026-12-30
OPP-2,Saltmarsh Clinics France SAS,saltmarsh.example/fr,,Lyon,FR,Proposal,8000,rep-2,2026-02-05,2026-12-30
OPP-3,Pemberlane Logistics,pemberlane.example,,,GB,Qualification,8000,rep-2,2026-02-05,2026-12-30
OPP-4,Ryvelle,ryvelle.example,,,US,Qualification,8000,rep-2,2026-02-05,2026-12-30
`;
const COMPANIES = [
  { id: 'c1', name: 'Ryvelle', domain: 'ryvelle.example', aliases: ['Armadel'] },
  { id: 'c2', name: 'Pemberlane', domain: 'pemberlane-media.test', aliases: [] },
];

let folder: string;
const path = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conflicts-'));
  await writeFile(path('crm.csv'), CRM);
  await writeFile(path('c.jsonl'), COMPANIES.map((company) => JSON.stringify(company)).join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

async function answers(registrations: unknown, more: string[] = ['--companies', path('c.jsonl'), '--json']): Promise<string[]> {
  await writeFile(path('r.json'), JSON.stringify(registrations));
  const out: string[] = [];
  await runConflicts(
    ['--opportunities', path('crm.csv'), '--registrations', path('r.json'), ...more],
    (line) => out.push(line),
    () => {},
  );
  return out;
}

const nothing = { companyName: null, website: null, contactDomain: null, city: null, country: null };

test('one answer a registration, in its order, with the opportunity and the rule', async () => {
  const [line = ''] = await answers([
    { ...nothing, id: 'same', companyName: 'SALTMARSH CLINICS', website: 'app.saltmarsh.example', country: 'GB' },
    { ...nothing, id: 'unit', companyName: 'Saltmarsh Clinics France', website: 'https://saltmarsh.example/fr', country: 'fr' },
    { ...nothing, id: 'other-unit', companyName: 'Saltmarsh Clinics Nederland', website: 'saltmarsh.test', country: 'NL' },
    { ...nothing, id: 'typing', companyName: 'Pemberlaine Logistics' },
    { ...nothing, id: 'former', companyName: 'Armadel Inc' },
    { ...nothing, id: 'other', companyName: 'Pemberlane', website: 'pemberlane-media.test' },
    { ...nothing, id: 'nothing' },
  ]);
  expect(JSON.parse(line)).toEqual([
    { id: 'same', outcome: 'duplicate', opportunityId: 'OPP-1', rule: 'conflict-direct', score: expect.any(Number) },
    { id: 'unit', outcome: 'duplicate', opportunityId: 'OPP-2', rule: 'conflict-direct', score: expect.any(Number) },
    {
      id: 'other-unit',
      outcome: 'possible',
      opportunityId: expect.stringMatching(/^OPP-[12]$/),
      rule: 'possible-duplicate',
      score: expect.any(Number),
    },
    { id: 'typing', outcome: 'possible', opportunityId: 'OPP-3', rule: 'possible-duplicate', score: expect.any(Number) },
    { id: 'former', outcome: 'duplicate', opportunityId: 'OPP-4', rule: 'conflict-direct', score: expect.any(Number) },
    { id: 'other', outcome: 'clear', opportunityId: null, rule: null, score: 0 },
    { id: 'nothing', outcome: 'clear', opportunityId: null, rule: null, score: 0 },
  ]);
});

test('without --json a line for each', async () => {
  expect(await answers([{ ...nothing, id: 'r1', companyName: 'Saltmarsh Clinics Ltd' }], [])).toEqual([
    expect.stringMatching(/^r1 {2}duplicate {2}OPP-1 /),
  ]);
});

test.each([
  [['--registrations', 'r.json'], /Say which opportunities/],
  [['--opportunities', 'nowhere.csv', '--registrations', 'nowhere.json'], /cannot be read/],
])('%j says what is missing', async (args, message) => {
  await expect(runConflicts(args, () => {})).rejects.toThrow(message);
});

test('registrations that are none are refused in a sentence', async () => {
  await expect(answers({ id: 'alone' })).rejects.toThrow(/JSON array/);
});
