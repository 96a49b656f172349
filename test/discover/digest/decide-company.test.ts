import { addDays } from 'date-fns';
import { beforeEach, describe, expect, test } from 'vitest';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import { type Choice, decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { whyNot } from '../../../src/discover/digest/why-not.ts';
import type { Company } from '../../../src/programme/companies/company.ts';
import { findCompanyByDomain, getCompany } from '../../../src/programme/companies/company-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { keysOfCompany } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { findPage } from '../../../src/slack/discover/company-pages.ts';
import { afterDecision } from '../../../src/slack/discover/decide-company.ts';
import { AT, aCompany, aContact, ana, aProgramme, aWaitingDraft, HOME, milo } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let company: Company;
beforeEach(async () => {
  await aProgramme();
  company = await aCompany();
});

const later = addDays(AT, 1);
const silence = () => findSuppression(HOME, keysOfCompany('peatworks.example'));
const noContact: Choice = { kind: 'not-fit', reason: 'no-contact', note: '' };

/** A decision and all that is queued after it, done. */
async function decide(choice: Choice, actor = milo): Promise<void> {
  const { company: decided } = await decideCompany(actor, company.id, choice, later);
  await afterDecision(decided, {
    enqueue: async (job, payload) => {
      if (job.name === stopOutreach.name) await stopOutreach.run(stopOutreach.payload.parse(payload), someDeps());
    },
  });
}

describe('outreach stops with a decision', () => {
  test.each<[string, Choice]>([
    ['not a fit', { kind: 'not-fit', reason: 'too-small', note: '' }],
    ['asked not to be contacted', noContact],
    ['later', { kind: 'later' }],
    ['partner', { kind: 'partner' }],
  ])('%s', async (_name, choice) => {
    const draft = await aWaitingDraft({ company });
    await decide(choice);
    expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'rejected' });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'decision', by: milo.userId } });
  });
});

describe('asked not to be contacted', () => {
  test('silences the company above every import, until an admin reconsiders', async () => {
    await decide(noContact);
    expect(await silence()).toMatchObject({ kind: 'company', reason: 'asked-us', via: 'card', by: milo.userId });
    await aCompany({ oneLiner: 'Entirely new words' });
    await expect(startDraft(milo, company.id, aContact(), later)).rejects.toMatchObject({ code: 'company-gated' });
    await expect(decideCompany(milo, company.id, { kind: 'undecided' }, later)).rejects.toMatchObject({ code: 'role-needed' });
    expect(await silence()).not.toBeNull();
    await decide({ kind: 'undecided' }, ana);
    expect(await silence()).toBeNull();
    expect((await startDraft(milo, company.id, aContact(), later)).changed).toBe(true);
  });

  test('what they asked for themselves stands', async () => {
    const [key] = keysOfCompany('peatworks.example');
    if (!key) throw new Error('a company has a key');
    await suppress(HOME, key, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
    await decide(noContact);
    await decide({ kind: 'undecided' }, ana);
    expect(await silence()).toMatchObject({ via: 'page', by: 'recipient' });
  });

  test('pressed by several at once: one entry', async () => {
    await Promise.all([decide(noContact), decide(noContact), decide(noContact, ana)]);
    expect(await silence()).toMatchObject({ via: 'card' });
    expect((await getCompany(HOME, company.id)).decision).toMatchObject({ kind: 'not-fit', reason: 'no-contact' });
  });
});

describe('a partner', () => {
  test('is in no list, digest or answer to a search, by no name of theirs, and may not be drafted to', async () => {
    await aCompany({ domain: 'heathmed.example', name: 'Heathmed' });
    // The same company again under another domain, as a later import brings it.
    await aCompany({ domain: 'peatworks-group.example', name: 'Peatworks Ltd' });
    const names = async () => (await rankCandidates(HOME, { top: 10, now: later })).ranked.map(({ domain }) => domain);
    expect(await names()).toContain('peatworks.example');
    await decide({ kind: 'partner' });
    expect(await names()).toEqual(['heathmed.example']);
    const digest = await prepareDigest(HOME, { day: '2026-11-24', round: 0, by: 'schedule' }, later);
    expect(digest.items.map(({ domain }) => domain)).toEqual(['heathmed.example']);
    const found = JSON.stringify(await findPage(HOME, { from: 0, words: 'appointment booking' }, later));
    expect([found.includes('heathmed'), found.includes('peatworks')]).toEqual([true, false]);
    expect(await whyNot(await getCompany(HOME, company.id), null, later)).toMatchObject({ gate: { gate: 'existing' } });
    for (const one of [company, await findCompanyByDomain(HOME, 'peatworks-group.example')])
      await expect(startDraft(milo, one?.id ?? '', aContact(), later)).rejects.toMatchObject({ code: 'company-gated' });
  });

  test('a manager takes it back', async () => {
    await decide({ kind: 'partner' });
    await decide({ kind: 'undecided' });
    expect((await rankCandidates(HOME, { top: 10, now: later })).ranked.map(({ domain }) => domain)).toEqual(['peatworks.example']);
  });
});

test('put off until a day; another day is another decision, the same is none', async () => {
  const until = addDays(AT, 60);
  expect(await decideCompany(milo, company.id, { kind: 'later', until }, AT)).toMatchObject({
    changed: true,
    company: { decision: { until } },
  });
  expect((await decideCompany(milo, company.id, { kind: 'later', until }, AT)).changed).toBe(false);
  expect((await decideCompany(milo, company.id, { kind: 'later' }, AT)).changed).toBe(false);
  expect(await decideCompany(milo, company.id, { kind: 'later', until: addDays(AT, 90) }, later)).toMatchObject({ changed: true });
  // A day that has gone by meanwhile is as good as none.
  const past = await decideCompany(milo, company.id, { kind: 'later', until: addDays(AT, -5) }, addDays(AT, 2));
  expect(past).toMatchObject({ changed: false, company: { decision: { until: addDays(AT, 90) } } });
});

test('a day that has passed puts the company off as no day does: thirty days, and once', async () => {
  const choice: Choice = { kind: 'later', until: addDays(AT, -3) };
  const first = await decideCompany(milo, company.id, choice, AT);
  expect(first).toMatchObject({ changed: true, company: { decision: { kind: 'later', until: addDays(AT, 30) } } });
  expect(await decideCompany(milo, company.id, choice, later)).toMatchObject({ changed: false, company: first.company });
});
