import { expect, test } from 'vitest';
import { reasonWords } from '../../../blocks/discover/reason-words.ts';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { getDigest } from '../../../src/discover/digest/digest-repository.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { LIKE } from '../../../src/discover/fit/like-examples.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { AT, aCompany, ana, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

useMongo();

/** Nothing is known of it but what it does. */
const bring = (name: string, oneLiner: string, workspaceId = HOME) =>
  aCompany({
    name,
    domain: `${name.toLowerCase()}.example`,
    oneLiner,
    description: '',
    industries: [],
    tags: [],
    workspaceId,
  });
const ALIKE = 'Our platform is a data pipeline for private clinics';
const likeOf = async (name: string, workspaceId = HOME) => {
  const { ranked } = await rankCandidates(workspaceId, { top: 20, now: AT });
  const reason = ranked.find((company) => company.name === name)?.reasons.find(({ criterion }) => criterion === LIKE);
  return reason ? reasonWords(reason) : null;
};
const lists = { competitors: [], customers: [], existing: [] };

test('who becomes a partner, is on the list, or was gone for is an example, until that is taken back', async () => {
  await aProgramme();
  const oatley = await bring('Oatley', 'Our platform is a data pipeline for private clinics and hospitals');
  await bring('Alike', ALIKE);
  expect(await likeOf('Alike')).toBeNull();

  await decideCompany(ana, oatley.id, { kind: 'partner' }, AT);
  expect(await likeOf('Alike')).toMatch(/^Is like Oatley, your partner since November 2026: “/);
  await decideCompany(ana, oatley.id, { kind: 'undecided' }, AT);
  expect(await likeOf('Alike')).toBeNull();

  await saveProgramme(ana, 'leaveOut', { ...lists, existing: ['oatley.example', 'not a domain', 'nobody.example'] }, AT);
  expect(await likeOf('Alike')).toMatch(/^Is like Oatley, your partner: “/);
  await saveProgramme(ana, 'leaveOut', lists, AT);
  expect(await likeOf('Alike')).toBeNull();

  await decideCompany(ana, oatley.id, { kind: 'pursued' }, AT);
  expect(await likeOf('Alike')).toMatch(/^Is like Oatley, which you went for in November 2026: “/);
  expect(await likeOf('Oatley')).toBeNull();
  await saveProgramme(ana, 'leaveOut', { ...lists, competitors: ['oatley.example'] }, AT);
  expect(await likeOf('Alike')).toBeNull();
});

test('who was turned down, and partners of another workspace, are no examples', async () => {
  await aProgramme();
  await aProgramme('T0OTHER');
  const turnedDown = await bring('Oatley', ALIKE);
  const theirs = await bring('Theirs', ALIKE, 'T0OTHER');
  await bring('Alike', ALIKE);
  await decideCompany(ana, turnedDown.id, { kind: 'not-fit', reason: 'too-small', note: '' }, AT);
  await decideCompany({ ...ana, workspaceId: 'T0OTHER' }, theirs.id, { kind: 'partner' }, AT);
  expect(await likeOf('Alike')).toBeNull();
});

test('the reason is kept with a digest, and told as it was found', async () => {
  await setUp(AT);
  await bringCompanies(2, AT);
  const oneLiner = 'Our platform is a data pipeline and database for private clinics and hospitals';
  const oatley = await aCompany({ name: 'Oatley', domain: 'oatley.example', oneLiner });
  await aCompany({ name: 'Alike', domain: 'alike.example', oneLiner });
  await decideCompany(ana, oatley.id, { kind: 'partner' }, AT);
  const digest = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
  const { items } = await getDigest(HOME, digest.id);
  expect(items.map(({ name }) => name)).toContain('Alike');
  const alike = items.find(({ name }) => name === 'Alike');
  expect(alike?.shares?.[LIKE]).toBeGreaterThan(0);
  expect(alike?.reasons.map(reasonWords).join()).toContain('Is like Oatley, your partner since November 2026');
});
