import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AREA_GROUPS } from '../../../blocks/discover/area-groups.ts';
import { READING_TITLE, readingForm } from '../../../blocks/discover/reading.ts';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { rankCandidates } from '../../../src/discover/digest/rank-candidates.ts';
import { AREA_IDS } from '../../../src/discover/fit/areas.ts';
import { correctReading } from '../../../src/discover/fit/correct-reading.ts';
import { ownReading } from '../../../src/discover/fit/fit-profile.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { view } from '../../blocks/slack-takes.ts';
import { ANA, GENERAL, MIA, MILO } from '../../sandbox/cast.ts';
import { blockActions, viewPlace, viewSubmission } from '../../sandbox/payloads.ts';
import { AT, aCompany, anActor, ana, HOME, mia, milo, pia } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT, workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  for (const who of [ANA, MILO, MIA]) {
    for (let open = product.sandbox.modal(who); open; open = product.sandbox.modal(who)) await product.sandbox.as(who).close(open);
  }
});

const shown = (who: string, part: string) =>
  product.sandbox.waitFor(() => {
    const open = product.sandbox.modal(who);
    return JSON.stringify(open?.blocks ?? []).includes(part) ? open : null;
  });
const home = async (who: string, part: string) => {
  const found = () => (JSON.stringify(product.sandbox.home(who)).includes(part) ? product.sandbox.home(who) : null);
  return product.sandbox.waitFor(found);
};
const corrected = async () => (await getProgramme(HOME)).corrected;

/** From the Home tab. */
async function openForm(who: string, part = 'What you sell') {
  await product.sandbox.as(who).openHome();
  await product.sandbox.as(who).click(await home(who, '*I understood:*'), ACTIONS.readingOpen);
  return shown(who, part);
}

test('every area stands in one group, and Slack takes the form with any reading', async () => {
  expect(AREA_GROUPS.flatMap(({ areas }) => areas).sort()).toEqual([...AREA_IDS].sort());
  const reading = ownReading(await getProgramme(HOME));
  if (!reading) throw new Error('nothing was read');
  view(readingForm(reading, 'home'));
  view(readingForm({ ...reading, areas: [...AREA_IDS], asRead: { areas: [...AREA_IDS], relation: 'adopters' } }, 'setup'));
  view(readingForm({ ...reading, areas: [], customers: [], asRead: { areas: [], relation: 'services' } }, 'setup'));
});

describe('what was understood', () => {
  test('is on the Home tab of everybody, in words', async () => {
    await product.sandbox.as(MIA).openHome();
    const words = JSON.stringify((await home(MIA, '*I understood:*'))?.blocks);
    expect(words).toContain('business intelligence');
    expect(words).toContain('companies whose products go with yours');
  });

  test('follows step one of set-up, can be corrected there, and set-up goes on', async () => {
    const { sandbox } = product;
    await sandbox.as(ANA).command(GENERAL, '/partners setup');
    const form = await shown(ANA, 'What do you sell?');
    await sandbox.as(ANA).submit(form, { sells: 'Flowers of every colour.' });
    const next = await shown(ANA, 'I could not tell the field you sell in');
    expect(JSON.stringify(next.blocks)).toContain('Competitors');
    await sandbox.as(ANA).click(next, ACTIONS.readingOpen, { value: 'setup' });
    await sandbox.as(ANA).submit(await shown(ANA, 'What makes a company'), { areas: ['e-commerce'] });
    expect(JSON.stringify((await shown(ANA, 'Competitors')).blocks)).toContain('you sell *e-commerce*');
    expect(await corrected()).toEqual({ areas: ['e-commerce'] });
  });
});

describe('an admin', () => {
  test('corrects it: recorded, shown, and the ranking follows at once', async () => {
    await aCompany({ name: 'Till', domain: 'till.example', oneLiner: 'E-commerce platform for online stores', industries: [] });
    await aCompany({ name: 'Ward', domain: 'ward.example', oneLiner: 'Electronic health record for clinics', industries: [] });
    const points = async () =>
      Object.fromEntries(
        (await rankCandidates(HOME, { top: 2, now: AT })).ranked.map(({ name, reasons }) => [
          name,
          reasons.find(({ criterion }) => criterion === 'complementarity')?.points ?? 0,
        ]),
      );
    const before = await points();
    await product.sandbox.as(ANA).submit(await openForm(ANA), { areas: ['payments'], relation: 'complements' });
    expect(JSON.stringify((await shown(ANA, 'Corrected by an admin')).blocks)).toContain('you sell *payments and billing*');
    await home(ANA, 'Corrected by an admin');
    expect((await points()).Till).toBeGreaterThan(before.Till ?? 100);
    expect(await corrected()).toEqual({ areas: ['payments'], relation: 'complements' });
    const [entry, ...more] = await listAudit(HOME, { action: 'programme.correct' });
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ by: ANA, before: null, after: { areas: ['payments'], relation: 'complements' } });
  });

  test.each([
    ['no field at all', { areas: [], relation: 'as-read' }],
    ['what was read anyway', { areas: 'as read', relation: 'as-read' }],
  ])('goes back to what was read by choosing %s', async (_name, { areas, relation }) => {
    const asRead = ownReading(await getProgramme(HOME))?.asRead.areas ?? [];
    await correctReading(ana, { areas: ['payments'], relation: 'adopters' }, AT);
    await product.sandbox.as(ANA).submit(await openForm(ANA), { areas: areas === 'as read' ? asRead : areas, relation });
    expect(JSON.stringify((await shown(ANA, '*I understood:*')).blocks)).not.toContain('Corrected');
    expect(await corrected()).toBeNull();
  });

  test('saves the same twice: recorded once', async () => {
    for (let n = 0; n < 2; n++) await correctReading(ana, { areas: ['payments'], relation: 'as-read' }, AT);
    expect(await listAudit(HOME, { action: 'programme.correct' })).toHaveLength(1);
  });

  test.each([
    ['too many fields', { areas: AREA_IDS.slice(0, 9) }, { areas: expect.stringMatching(/at most 8/) }],
    ['a field nobody knows', { areas: ['flowers'] }, { areas: expect.stringMatching(/from the list/) }],
    ['a relation that follows from the types', { areas: [], relation: 'services' }, { relation: expect.any(String) }],
  ])('%s: said beside the field', async (_name, { areas, relation = 'as-read' }: { areas: string[]; relation?: string }, errors) => {
    const { sandbox } = product;
    const form = {
      id: 'V0FORGED',
      type: 'modal',
      callback_id: VIEWS.reading,
      app_installed_team_id: HOME,
      private_metadata: '{"place":"home"}',
    };
    const values = {
      areas: { value: { type: 'multi_static_select', selected_options: areas.map((value) => ({ value })) } },
      relation: { value: { type: 'radio_buttons', selected_option: { value: relation } } },
    };
    const answer = await sandbox.postPayload(
      viewSubmission(sandbox.sourceOf(ANA), { view: form, values, triggerId: sandbox.trigger(ANA) }),
    );
    expect(JSON.parse(answer.body)).toMatchObject({ response_action: 'errors', errors });
    expect(await corrected()).toBeNull();
  });
});

describe('everybody else', () => {
  test.each([
    ['a manager', MILO],
    ['a member', MIA],
  ])('%s sees it and finds nothing to change', async (_name, who) => {
    const page = await openForm(who, 'An admin can correct this');
    expect(page).toMatchObject({ title: { text: READING_TITLE } });
    expect(page).not.toHaveProperty('callback_id', VIEWS.reading);
  });

  test.each([
    ['a manager', milo],
    ['a member', mia],
    ['a person of another company', pia],
    ['an admin of another workspace', anActor({ workspaceId: 'T0OTHER', userId: 'U0EVE' })],
  ])('%s cannot change it here', async (_name, actor) => {
    await correctReading(actor, { areas: ['payments'], relation: 'adopters' }, AT).catch((error) => expect(error.name).toBe('Refusal'));
    expect(await corrected()).toBeNull();
  });

  test('before set-up: what is missing', async () => {
    const { sandbox } = product;
    const button = { action_id: ACTIONS.readingOpen, block_id: 'b', type: 'button', value: 'home' };
    await mongoose.connection.collection('programmes').deleteMany({});
    await sandbox.postPayload(
      blockActions(sandbox.sourceOf(ANA), {
        action: button,
        triggerId: sandbox.trigger(ANA),
        place: viewPlace({ id: 'V0', type: 'home' }, {}),
      }),
    );
    expect(JSON.stringify((await shown(ANA, '/partners setup')).blocks)).toContain('what you sell');
  });
});
