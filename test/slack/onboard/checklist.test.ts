import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { showChecklistJob } from '../../../jobs/onboard/show-checklist.ts';
import { sweepChecklists } from '../../../jobs/onboard/sweep-checklists.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { followPartner, noteMilestone } from '../../../src/onboard/checklists/follow-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { EXT_QUILLMONT, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxView } from '../../sandbox/contract.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  for (const who of [PIA, MILO, MIA])
    for (let open = product.sandbox.modal(who); open; open = product.sandbox.modal(who)) await product.sandbox.as(who).close(open);
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
  partner = await aPartner({ types: ['agency'] });
  // They have joined the channel; a sweep would find it at any moment.
  await followPartner(partner, AT);
});

const words = (shown: object | null) => JSON.stringify(shown ?? {});
const modal = (who: string, part: string): Promise<SandboxView> =>
  product.sandbox.waitFor(() => (words(product.sandbox.modal(who)).includes(part) ? product.sandbox.modal(who) : null), 20_000);
/** The message of this test’s partner: what others left stays in the channel. */
const card = (part: string) =>
  product.sandbox.waitFor(
    () =>
      product.sandbox
        .messages({ as: PIA, channel: EXT_QUILLMONT })
        .findLast(({ blocks }) => [part, partner.id].every((one) => words(blocks).includes(one))),
    20_000,
  );
const show = () => product.deps.enqueue(showChecklistJob, { workspaceId: HOME, partnerId: partner.id });
const stepState = async (id: string) => (await findChecklist(HOME, partner.id))?.steps.find((step) => step.id === id);
const stepValue = (stepId: string) => JSON.stringify({ partnerId: partner.id, stepId });
/** What the team keeps to itself, and what no partner is to read. */
const INTERNAL = /U0MILOMRSH|U0ANAALDER|score|Not Needed|Open Again/;

async function open(who: string): Promise<SandboxView> {
  await show();
  await product.sandbox.as(who).click(await card('Checklist for Quillmont'), ACTIONS.checklistShow);
  return modal(who, 'of 10 steps done');
}

describe('in the partner’s channel', () => {
  test('a plan for both sides, which follows what happens', async () => {
    await show();
    const before = await card('1 of 10 steps done');
    expect(words(before.blocks)).toContain('Quillmont · waits for: Accept the partner agreement');
    expect(words(before.blocks)).not.toMatch(INTERNAL);
    await noteMilestone(HOME, partner.id, 'agreement-accepted', AT);
    await show();
    expect((await card('2 of 10 steps done')).ts).toBe(before.ts);
  });

  test('a sweep posts what nobody has shown, and nothing where the partner cannot read it', async () => {
    const queued: unknown[] = [];
    const deps = { ...product.deps, enqueue: async (_job: unknown, payload: unknown) => void queued.push(payload) };
    await sweepChecklists.run({}, deps);
    expect(queued).toEqual([{ workspaceId: HOME, partnerId: partner.id }]);
    expect(await stepState('channel')).toMatchObject({ state: 'done', by: 'system' });
    partner = await changed(partner, { teamIds: [] });
    await sweepChecklists.run({}, deps);
    expect(queued).toHaveLength(1);
  });
});

test('the partner’s person sees both sides, ticks theirs alone, and reads nothing internal', async () => {
  const view = await open(PIA);
  expect(words(view)).toContain('Hold the kick-off call');
  expect(words(view)).not.toMatch(INTERNAL);
  expect(words(view)).not.toContain(stepValue('kickoff').replaceAll('"', '\\"'));
  await product.sandbox.as(PIA).click(view, ACTIONS.checklistDone, { value: stepValue('interests') });
  const after = await modal(PIA, '2 of 10 steps done');
  expect(words(after)).not.toMatch(INTERNAL);
  expect(await stepState('interests')).toMatchObject({ state: 'done', by: PIA });
  await card('2 of 10 steps done');
});

test('a forged click on our side is refused and recorded; one on another partner’s, too', async () => {
  const source = product.sandbox.sourceOf(PIA);
  await forgedClick(product, source, { actionId: ACTIONS.checklistDone, value: stepValue('kickoff') });
  await modal(PIA, 'This is for the team');
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], types: ['agency'] });
  await forgedClick(product, source, { actionId: ACTIONS.checklistShow, value: other.id });
  await modal(PIA, 'partner’s own people');
  expect(words(product.sandbox.state(PIA))).not.toContain('Brindle');
  expect(await stepState('kickoff')).toMatchObject({ state: 'open' });
});

test('a file: the wrong kind, an empty one and one too large are refused beside the field; the right one is kept', async () => {
  await noteMilestone(HOME, partner.id, 'agreement-accepted', AT);
  await product.sandbox.as(MILO).click(await open(MILO), ACTIONS.checklistDone, { value: stepValue('demo') });
  await modal(MILO, '3 of 10 steps done');
  const list = await open(PIA);
  await product.sandbox.as(PIA).click(list, ACTIONS.checklistFile, { value: stepValue('services') });
  const form = await modal(PIA, 'Both companies can read its name');
  const pia = product.sandbox.as(PIA);
  const file = await pia.upload('services.pdf', Buffer.from('%PDF'));
  for (const wrong of [{ name: 'services.exe' }, { size: 0 }, { size: 11 * 1024 * 1024 }]) {
    expect(await pia.submit(form, { file: [{ ...file, ...wrong }] })).toMatchObject({ errors: { file: expect.stringContaining('Send') } });
  }
  expect(await stepState('services')).toMatchObject({ state: 'open' });
  await pia.submit(form, { file: [file] });
  await modal(PIA, 'services.pdf');
  expect(await stepState('services')).toMatchObject({ state: 'done', by: PIA, proof: { fileId: file.id, name: 'services.pdf', size: 4 } });
});

test('a manager says that a step is not needed and opens it again; a colleague ticks ours and no more', async () => {
  const view = await open(MILO);
  await product.sandbox.as(MILO).click(view, ACTIONS.checklistWaive, { value: stepValue('training') });
  const waived = await modal(MILO, '2 of 10 steps done');
  expect(words(waived)).toContain(`not needed by <@${MILO}>`);
  await product.sandbox.as(MILO).click(waived, ACTIONS.checklistReopen, { value: stepValue('training') });
  await modal(MILO, '1 of 10 steps done');
  await forgedClick(product, product.sandbox.sourceOf(MIA), {
    actionId: ACTIONS.checklistDone,
    value: stepValue('kickoff'),
    channel: GENERAL,
  });
  const mias = await modal(MIA, '2 of 10 steps done');
  expect(words(mias)).not.toContain(ACTIONS.checklistWaive);
});
