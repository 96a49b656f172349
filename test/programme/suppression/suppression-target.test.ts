import { beforeEach, expect, test } from 'vitest';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { Refusal } from '../../../src/errors.ts';
import { isOwnTarget, readTarget } from '../../../src/programme/suppression/suppression-target.ts';
import { aCompany, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
beforeEach(async () => {
  await aProgramme();
  await aCompany();
  await aCompany({ domain: 'peatmoss.example', name: 'Peat Moss', aliases: ['Moss & Co'] });
});

test.each([
  ['Dana+news@Peatworks.Example', { kind: 'address', value: 'dana@peatworks.example' }],
  ['https://www.peatworks.example/team', { kind: 'domain', value: 'peatworks.example' }],
  ['mail.peatworks.example', { kind: 'domain', value: 'mail.peatworks.example' }],
  ['peatworks', { kind: 'company', value: 'peatworks.example' }],
  ['moss & co', { kind: 'company', value: 'peatmoss.example' }],
])('%s is read as %j', async (typed, key) => {
  expect((await readTarget(HOME, typed)).key).toEqual(key);
});

test('the own domain and the addresses there are told from those of others', async () => {
  const own = async (kind: 'address' | 'domain' | 'company', value: string) => isOwnTarget(HOME, { kind, value });
  expect(await Promise.all([own('domain', 'larkspur.example'), own('domain', 'mail.larkspur.example')])).toEqual([true, true]);
  expect(await own('address', 'ana@larkspur.example')).toBe(true);
  expect(await Promise.all([own('domain', 'peatworks.example'), own('address', 'larkspur@peatworks.example')])).toEqual([false, false]);
});

test.each([
  ['gmail.com', /Many people have a mailbox at gmail\.com/],
  ['https://www.gmx.de', /Many people/],
  ['peat', /Close to it: Peat Moss \(peatmoss\.example\), Peatworks \(peatworks\.example\)/],
  ['peatwork', /Close to it: Peatworks/],
  ['*', /no company on file/],
  ['%', /no company on file/],
  ['nobody we know', /no company on file/],
  ['dana@', /no e-mail address/],
])('%s is refused with what to type instead', async (typed, why) => {
  const refused = await readTarget(HOME, typed).catch((error: unknown) => error);
  if (!(refused instanceof Refusal)) throw new Error('it was not refused');
  expect(refused.code).toBe('target-unclear');
  expect(refusalSentence(refused.code, refused.details)).toMatch(why);
});
