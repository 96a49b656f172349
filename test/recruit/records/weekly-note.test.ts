import { addDays } from 'date-fns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { weeklyNote } from '../../../blocks/recruit/weekly-note.ts';
import { sweepDigests } from '../../../jobs/discover/sweep-digests.ts';
import { postWeeklyNote } from '../../../jobs/recruit/post-weekly-note.ts';
import { type Choice, decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { markPosted } from '../../../src/discover/digest/digest-repository.ts';
import { prepareDigest } from '../../../src/discover/digest/prepare-digest.ts';
import { REJECTION_REASONS } from '../../../src/programme/companies/company.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { SCORE_BANDS, weekBefore, weeklyResults } from '../../../src/recruit/records/weekly-results.ts';
import { message } from '../../blocks/slack-takes.ts';
import { ANA, PARTNERSHIPS, PIA } from '../../sandbox/cast.ts';
import { AT, approved, aWaitingDraft, HOME, milo, recorder } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setDue, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
/** Monday 30 November, when the week of Monday 23 is over. */
const MONDAY = addDays(AT, 7);
const WEEK = weekBefore(MONDAY, 'Europe/London');
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => MONDAY, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
});

const notes = () =>
  product.sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).filter(({ blocks }) => JSON.stringify(blocks).includes('of week 48'));
const post = () => postWeeklyNote.run({ workspaceId: HOME }, product.deps);

async function showCompanies(n: number, at = AT): Promise<void> {
  await bringCompanies(n, at);
  const digest = await prepareDigest(HOME, { day: at.toISOString().slice(0, 10), round: 0, by: 'schedule' }, at);
  await markPosted(HOME, digest.id, at);
}

async function company(name: string) {
  const [found] = await findCompaniesByName(HOME, name, 1);
  if (!found) throw new Error('no such company');
  return found;
}

const decide = async (name: string, choice: Choice) => decideCompany(milo, (await company(name)).id, choice, AT);

describe('the week that is over', () => {
  test.each([
    ['2026-11-29T23:59:00Z', 'Europe/London', '2026-W47'],
    ['2026-11-30T00:00:00Z', 'Europe/London', '2026-W48'],
    ['2026-11-29T23:59:00Z', 'Asia/Tokyo', '2026-W48'],
    ['2027-01-04T09:00:00Z', 'UTC', '2026-W53'],
    ['2026-10-26T00:30:00Z', 'America/New_York', '2026-W42'],
  ])('at %s in %s is %s', (at, zone, name) => {
    expect(weekBefore(new Date(at), zone).name).toBe(name);
  });
});

describe('how suggestions fared', () => {
  test('each is counted once, as it stands now, and a message that left besides', async () => {
    await showCompanies(5);
    const { draft, approval } = await approved(await aWaitingDraft({ company: await company('Oakfield 1') }));
    await sendApproved(HOME, draft.id, approval.id, { ...recorder(), now: () => AT });
    await decide('Oakfield 2', { kind: 'pursued' });
    await decide('Oakfield 3', { kind: 'not-fit', reason: 'too-small', note: '' });
    await decide('Oakfield 4', { kind: 'later' });
    const [band, ...others] = await weeklyResults(HOME, WEEK);
    expect(others).toEqual([]);
    const turnedDown = [{ reason: 'too-small', companies: 1 }];
    expect(band).toMatchObject({ shown: 5, drafted: 2, sent: 1, turnedDown, later: 1, waiting: 1 });
  });

  test('neither what was shown in another week nor what was never posted', async () => {
    await showCompanies(2, addDays(AT, -1));
    await prepareDigest(HOME, { day: '2026-11-24', round: 0, by: 'schedule' }, AT);
    expect(await weeklyResults(HOME, WEEK)).toEqual([]);
  });
});

describe('the note', () => {
  test('comes once, however often and at once it is asked for', async () => {
    await showCompanies(3);
    await Promise.all([post(), post(), post()]);
    await post();
    expect(notes()).toHaveLength(1);
    expect(JSON.stringify(notes()[0]?.blocks)).toContain('3 companies shown');
    expect(product.sandbox.messages({ as: PIA }).filter(({ text }) => text.includes('of week 48'))).toEqual([]);
  });

  test('does not come when nothing was shown', async () => {
    const before = notes().length;
    await post();
    expect(notes()).toHaveLength(before);
  });

  test('is queued with the day’s digest', async () => {
    await setDue(HOME, addDays(MONDAY, -1));
    const queued: string[] = [];
    await sweepDigests.run({}, { ...product.deps, enqueue: async ({ name }) => void queued.push(name) });
    expect(queued).toEqual(['post-digest', 'post-weekly-note', 'post-summaries']);
  });

  test('is within what Slack takes when everything stands in it', () => {
    const turnedDown = REJECTION_REASONS.map((reason) => ({ reason, companies: 999_999 }));
    const bands = SCORE_BANDS.map((from) => ({ from, shown: 1, drafted: 2, sent: 3, turnedDown, later: 4, waiting: 5 }));
    const blocks = weeklyNote(WEEK, bands);
    message({ text: 'Note', blocks });
    for (const words of ['80 and above', '60 to 79', '40 to 59', '0 to 39']) expect(JSON.stringify(blocks)).toContain(words);
  });
});
