import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CRITERION_WORDS } from '../../../blocks/discover/vocabulary.ts';
import { ACTIONS } from '../../../blocks/ids.ts';
import { postDigest } from '../../../jobs/discover/post-digest.ts';
import { type Choice, decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { findCompaniesByName } from '../../../src/programme/companies/company-names.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { ANA, GENERAL, MIA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { AT, aCompany, ana, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT, { count: 2 });
  await bringCompanies(4, AT);
  await aCompany({
    name: 'Pizza Works',
    domain: 'pizza.example',
    oneLiner: 'Frozen pizza',
    industries: ['Food'],
    locations: ['Lima, Peru'],
  });
});

const digest = () => postDigest.run({ workspaceId: HOME, day: '2026-11-23', round: 0, by: 'schedule' }, product.deps);
/** What a person is answered, as text. */
async function why(words: string, who = MIA): Promise<string> {
  const { sandbox } = product;
  const before = sandbox.messages({ as: who, channel: GENERAL }).length;
  await sandbox.as(who).command(GENERAL, `/partners why ${words}`);
  const answer = () => sandbox.messages({ as: who, channel: GENERAL })[before];
  return JSON.stringify(await sandbox.waitFor(answer));
}
const company = async (name: string) => (await findCompaniesByName(HOME, name, 1))[0]?.id ?? '';

describe('/partners why', () => {
  test('says score and place, and holds each criterion against the last that made it', async () => {
    await digest();
    const answer = await why('pizza works');
    expect(answer).toMatch(/\*\d+\* of 100(?: on \d+ % known)?, \*place 5\* of 5 candidates/);
    expect(answer).toContain('*Oakfield 2*, the last one in the digest of Monday 23 November');
    for (const name of Object.values(CRITERION_WORDS)) expect(answer).toContain(`*${name}:*`);
    expect(answer).toMatch(/ · Oakfield 2: [\d.]+ of \d+/);
  });

  test('finds it by its domain or address too, and works before the first digest', async () => {
    expect(await why('https://www.pizza.example/menu')).toContain('Why not Pizza Works?');
    expect(await why('pizza.example')).toContain('no digest to compare with');
  });

  test('says so when it has overtaken the last one since', async () => {
    await digest();
    await aCompany({ name: 'Aspen', domain: 'aspen.example', oneLiner: 'Electronic health record for clinics and hospitals' });
    expect(await why('Aspen')).toContain('That is behind it now');
  });

  test.each<[Choice, string]>([
    [{ kind: 'pursued' }, 'Outreach was started by'],
    [{ kind: 'later' }, 'put off by'],
    [{ kind: 'not-fit', reason: 'too-small', note: '' }, 'too small'],
  ])('%j is the reason', async (choice, words) => {
    await decideCompany(milo, await company('Pizza Works'), choice, AT);
    expect(await why('Pizza Works')).toContain(words);
  });

  test('one that was suggested: on which day', async () => {
    await digest();
    expect(await why('Oakfield 1')).toContain('suggested on Monday 23 November already');
  });

  test('one of which hardly anything is known', async () => {
    await aCompany({ name: 'Shade', domain: 'shade.example', oneLiner: '', industries: [], locations: [] });
    expect(await why('Shade')).toMatch(/Only \d+ % is known of it/);
  });

  test('a competitor: left out and how to change that; no score', async () => {
    await saveProgramme(ana, 'leaveOut', { competitors: ['pizza.example'], customers: [], existing: [] }, AT);
    const answer = await why('Pizza Works');
    expect(answer).toContain('Is on your list of competitors: pizza.example.');
    expect(answer).toContain('/partners setup');
    expect(answer).not.toContain('of 100');
  });

  test('nothing of that name: the nearest names, but no competitor’s, and how to bring it', async () => {
    await saveProgramme(ana, 'leaveOut', { competitors: ['oakfield3.example'], customers: [], existing: [] }, AT);
    const answer = await why('Okfield <!channel>');
    for (const name of ['Oakfield 1', 'Oakfield 2', 'Oakfield 4', '/partners import']) expect(answer).toContain(name);
    expect(answer).not.toContain('Oakfield 3');
    expect(answer).not.toContain('<!channel>');
    expect(await why('zzzz')).not.toContain('Did you mean');
  });

  test.each(['', ' ', 'x'.repeat(301)])('“%s” asks for a name', async (words) => {
    expect(await why(words)).toContain('/partners why Acme');
  });
});

describe('the button under a digest', () => {
  const shown = (who: string, part: string) =>
    product.sandbox.waitFor(() => {
      const open = product.sandbox.modal(who);
      return JSON.stringify(open?.blocks ?? []).includes(part) ? open : null;
    });

  test.each([
    ['a manager', MILO],
    ['an admin', ANA],
  ])('asks %s which company, and answers', async (_name, who) => {
    await digest();
    const { sandbox } = product;
    const card = await sandbox.waitFor(() =>
      sandbox.messages({ as: who, channel: PARTNERSHIPS }).findLast(({ blocks }) => JSON.stringify(blocks).includes(ACTIONS.whyOpen)),
    );
    await sandbox.as(who).click(card, ACTIONS.whyOpen);
    const form = await shown(who, 'Which company did you expect?');
    expect((await sandbox.as(who).submit(form, { company: ' x ' })).errors).toEqual({ company: expect.stringContaining('web domain') });
    await sandbox.as(who).submit(form, { company: 'Pizza' });
    expect(JSON.stringify((await shown(who, 'Why not Pizza Works?')).blocks)).toContain('*place 5* of 5');
  });
});
