import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CRITERION_WORDS } from '../../../blocks/discover/vocabulary.ts';
import { weightsOverview, weightsPage } from '../../../blocks/discover/weights-pages.ts';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { CRITERION_IDS, TYPE_WEIGHTS } from '../../../src/discover/fit/criteria.ts';
import { explainWeights } from '../../../src/discover/learning/explain-weights.ts';
import { currentOf, mapWeights } from '../../../src/discover/learning/type-weights.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { PARTNER_TYPES } from '../../../src/programme/setup/programme.ts';
import { view } from '../../blocks/slack-takes.ts';
import { ANA, GENERAL, MIA, MILO } from '../../sandbox/cast.ts';
import { blockActions, viewPlace } from '../../sandbox/payloads.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';
import { teach, technology } from './decisions.ts';

const { uri } = useMongo();
const LATER = new Date(AT.getTime() + 60_000);
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => LATER });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
});

const DEFAULT = TYPE_WEIGHTS.technology;
const [first, last] = [CRITERION_IDS[0] ?? '', CRITERION_IDS.at(-1) ?? ''];
/** All on the first criterion. */
const ALL_ON_FIRST = Object.fromEntries(CRITERION_IDS.map((id) => [id, id === first ? '100' : '0']));

const shown = (who: string, part: string) => {
  const { sandbox } = product;
  return sandbox.waitFor(() => (JSON.stringify(sandbox.modal(who)?.blocks ?? []).includes(part) ? sandbox.modal(who) : null));
};
const words = async (who: string, part: string) => JSON.stringify((await shown(who, part)).blocks);

/** Types the command and opens the page of the one type that is wanted. */
async function openPage(who: string) {
  for (let open = product.sandbox.modal(who); open; open = product.sandbox.modal(who)) await product.sandbox.as(who).close(open);
  await product.sandbox.as(who).command(GENERAL, '/partners weights');
  const overview = await shown(who, 'How much each criterion counts');
  await product.sandbox.as(who).click(overview, ACTIONS.weightsOpen, { value: 'technology' });
  return shown(who, 'Start:');
}

describe('what is shown', () => {
  test('before anything was decided: the defaults, and when learning begins', async () => {
    const page = JSON.stringify((await openPage(MIA)).blocks);
    expect(page).toContain(`${CRITERION_WORDS.role}: *${DEFAULT.role}* (as at the start)`);
    expect(page).toContain('learning begins after 20 more');
    expect(page).toContain('How it learns: what you draft is held against what you mark as not a fit');
    expect(page).toContain('Nothing has changed them yet');
  });

  test('after decisions: from what to what, learned from how many, and the averages behind it', async () => {
    await teach();
    const learned = currentOf(await technology());
    const page = JSON.stringify((await openPage(MILO)).blocks);
    expect(page).toContain(`(start ${DEFAULT.geography}, +${learned.geography - DEFAULT.geography})`);
    expect(page).toContain('drafted had 100 % of it, turned down 0 %');
    expect(page).toContain(`${CRITERION_WORDS.geography} ${DEFAULT.geography} → ${learned.geography}`);
    expect(page).toMatch(/1: learned from 40 decisions, Partnerships/);
  });

  test('before set-up: what is missing', async () => {
    const { sandbox } = product;
    await mongoose.connection.collection('programmes').deleteMany({});
    await sandbox.as(MIA).command(GENERAL, '/partners weights');
    expect(await words(MIA, '/partners setup')).toContain('what you sell');
  });

  test('Slack takes the pages of every type, with all that can stand in them', async () => {
    await teach();
    const explained = await explainWeights(HOME, 'technology');
    const [version] = explained.versions;
    const versions = Array.from({ length: 10 }, () => ({
      ...version,
      from: mapWeights(() => 0),
      to: mapWeights(() => 100),
    })) as typeof explained.versions;
    const all = PARTNER_TYPES.map((type) => ({ ...explained, type, versions, current: mapWeights(() => 100) }));
    view(weightsOverview(all));
    for (const one of all)
      for (const mayChange of [true, false]) for (const frozen of [true, false]) view(weightsPage({ ...one, frozen }, mayChange));
  });
});

describe('who may change them', () => {
  test.each([
    ['a manager', MILO],
    ['a member', MIA],
  ])('%s sees them and finds nothing to change', async (_name, who) => {
    const page = await openPage(who);
    expect(page).not.toHaveProperty('callback_id', VIEWS.weights);
    expect(JSON.stringify(page.blocks)).not.toContain(ACTIONS.weightsFreeze);
    expect(JSON.stringify(page.blocks)).toContain('An admin can set, freeze or reset these');
  });

  test('a manager who presses what an admin sees is refused', async () => {
    const page = await openPage(MILO);
    const button = { action_id: ACTIONS.weightsFreeze, block_id: 'b', type: 'button', value: 'technology' };
    const { sandbox } = product;
    await sandbox.postPayload(
      blockActions(sandbox.sourceOf(MILO), {
        action: button,
        triggerId: sandbox.trigger(MILO),
        place: viewPlace({ id: page.id, type: 'modal' }, {}),
      }),
    );
    expect(await words(MILO, 'You need the role')).toContain('*admin*');
    expect((await technology()).frozen).toBe(false);
  });
});

describe('an admin', () => {
  test('sets them; what does not sum to 100 is said beside the last field', async () => {
    const ana = product.sandbox.as(ANA);
    const page = await openPage(ANA);
    expect((await ana.submit(page, { [first]: '100' })).errors).toEqual({ [last]: expect.stringMatching(/must make 100: take \d+ away/) });
    expect((await ana.submit(page, { ...ALL_ON_FIRST, [first]: '97' })).errors).toEqual({ [last]: expect.stringContaining('add 3') });
    expect((await ana.submit(page, { ...ALL_ON_FIRST, [last]: '' })).errors).toHaveProperty([last]);
    expect(currentOf(await technology())).toEqual(DEFAULT);
    await ana.submit(page, ALL_ON_FIRST);
    expect(await words(ANA, 'set by an admin')).toContain(`1: set, <@${ANA}>`);
    expect(currentOf(await technology())).toEqual(mapWeights((id) => (id === first ? 100 : 0)));
    expect(await listAudit(HOME, { action: 'weights.set' })).toHaveLength(1);
  });

  test('freezes, thaws and resets, and the form shows what holds then', async () => {
    await teach();
    const learned = currentOf(await technology());
    const ana = product.sandbox.as(ANA);
    await ana.click(await openPage(ANA), ACTIONS.weightsFreeze);
    await ana.click(await shown(ANA, 'frozen'), ACTIONS.weightsUnfreeze);
    const thawed = await shown(ANA, 'learning again');
    expect(currentOf(await technology())).toEqual(learned);
    await ana.click(thawed, ACTIONS.weightsReset);
    const page = JSON.stringify((await shown(ANA, 'reset to the defaults')).blocks);
    for (const id of CRITERION_IDS) expect(page).toContain(`"initial_value":"${DEFAULT[id]}"`);
    expect(currentOf(await technology())).toEqual(DEFAULT);
    const kinds = (await listAudit(HOME, { subject: 'weights:technology' })).map(({ action }) => action);
    expect(kinds.sort()).toEqual(['weights.freeze', 'weights.learn', 'weights.reset', 'weights.unfreeze']);
  });
});

test('a click in Slack is a lesson', async () => {
  const { sandbox } = product;
  await bringCompanies(1, AT);
  await sandbox.as(MILO).command(GENERAL, '/partners show Oakfield 1');
  const card = await sandbox.waitFor(() =>
    sandbox.messages({ as: MILO, channel: GENERAL }).find(({ blocks }) => JSON.stringify(blocks).includes('Oakfield 1')),
  );
  await sandbox.as(MILO).click(card, ACTIONS.companyReject);
  await sandbox.as(MILO).submit(await shown(MILO, 'Why is'), { reason: 'wrong-market' });
  for (let waited = 0; (await technology()).revision === 0; waited++) {
    if (waited > 400) throw new Error('the decision was never learned from');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(await explainWeights(HOME, 'technology')).toMatchObject({ drafted: 0, turnedDown: 1, version: 0 });
});
