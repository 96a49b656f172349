import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VIEWS } from '../../../blocks/ids.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { keysOfAddress, type SuppressionKey } from '../../../src/programme/suppression/suppression.ts';
import { countSuppressions, findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { ANA, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { viewSubmission } from '../../sandbox/payloads.ts';
import { AT, aCompany, aProgramme, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let draft: Draft;
beforeEach(async () => {
  product = await startProduct(uri);
  await aProgramme();
  draft = await aWaitingDraft();
});
afterEach(() => product.stop());

const reads = (person: string, words: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(person);
    return JSON.stringify(view ?? {}).includes(words) ? view : null;
  });
const optout = (person: string, words: string) => product.sandbox.as(person).command(GENERAL, `/partners optout ${words}`.trim());
const submit = async (person: string, words: string, filled: Record<string, unknown>) =>
  product.sandbox.as(person).submit(await reads(person, words), filled);
const put = (key: SuppressionKey) => suppress(HOME, key, { reason: 'asked-us', via: 'command', by: MILO, at: AT });
const nobody = { address: 0, domain: 0, company: 0 };

describe('a manager', () => {
  const targets: [string, string, SuppressionKey][] = [
    ['dana@peatworks.example', 'The address *dana@peatworks.example*', { kind: 'address', value: 'dana@peatworks.example' }],
    ['Dana+news@Peatworks.example', 'The address *dana@peatworks.example*', { kind: 'address', value: 'dana@peatworks.example' }],
    ['<mailto:dana@peatworks.example|dana@peatworks.example>', 'The address', { kind: 'address', value: 'dana@peatworks.example' }],
    ['peatworks.example', 'The domain *peatworks.example*', { kind: 'domain', value: 'peatworks.example' }],
    [
      '<http://www.peatworks.example|www.peatworks.example>',
      'The domain *peatworks.example*',
      { kind: 'domain', value: 'peatworks.example' },
    ],
    ['https://www.peatworks.example/about', 'The domain *peatworks.example*', { kind: 'domain', value: 'peatworks.example' }],
    ['peatworks', 'The company *Peatworks*', { kind: 'company', value: 'peatworks.example' }],
  ];
  test.each(targets)('types %s: it is said in words, stopped on a click, and what waits to it is closed', async (typed, words, key) => {
    await optout(MILO, typed);
    await reads(MILO, 'not on the suppression list');
    await submit(MILO, words, { reason: 'asked-us' });
    await reads(MILO, 'gets nothing from us from now on');
    expect(await findSuppression(HOME, [key])).toMatchObject({ kind: key.kind, reason: 'asked-us', via: 'command', by: MILO });
    await product.sandbox.waitFor(() => product.sandbox.messages({ as: ANA }).some(({ text }) => text.includes('closed')), 15_000);
    expect(await getDraft(HOME, draft.id)).toMatchObject({ status: 'rejected' });
  });

  test('types nothing: asks what is meant; what cannot be read is said beside the field', async () => {
    await optout(MILO, '');
    const form = await reads(MILO, 'Nobody is on the suppression list yet');
    for (const [target, why] of [
      ['dana@', 'is no e-mail address'],
      ['nobody of that name', 'no company on file'],
      ['a', 'Give an address'],
    ])
      expect(await product.sandbox.as(MILO).submit(form, { target })).toMatchObject({
        errors: { target: expect.stringContaining(why ?? '') },
      });
    await submit(MILO, 'Nobody is on', { target: 'Peatworks' });
    await reads(MILO, 'The company *Peatworks*');
    expect(await countSuppressions(HOME)).toEqual(nobody);
  });

  test('types a part of a name, or one that several companies bear: told what is meant, and nothing is silenced', async () => {
    await aCompany({ name: 'Peatworks North', domain: 'peatworksnorth.example' });
    await aCompany({ name: 'Peatworks South', domain: 'peatworkssouth.example' });
    await optout(MILO, 'peatworks s');
    await reads(MILO, 'Close to it: Peatworks South');
    await aCompany({ name: 'Peatworks South', domain: 'peatsouth.example' });
    await optout(MILO, 'Peatworks South');
    await reads(MILO, 'Several companies match');
    expect(await countSuppressions(HOME)).toEqual(nobody);
  });

  test('types their own domain: told that it cannot be put there, and offered no form', async () => {
    await optout(MILO, 'larkspur.example');
    const page = await reads(MILO, 'That is your own domain');
    expect(JSON.stringify(page)).not.toContain('Why?');
  });

  test('sees since when, how and why something is silent, and that only an admin takes it back', async () => {
    await put({ kind: 'company', value: 'peatworks.example' });
    await optout(MILO, 'dana@peatworks.example');
    const page = JSON.stringify(await reads(MILO, 'because the company *peatworks.example* is silent'));
    expect(page).toContain('somebody asked it for them');
    expect(page).toContain('with `/partners optout`');
    expect(page).toContain(`<@${MILO}>`);
    expect(page).not.toContain(VIEWS.silenceLift);
  });
});

test('a member may look, and puts nobody on the list', async () => {
  await optout(MIA, 'peatworks.example');
  const page = await reads(MIA, 'not on the suppression list');
  expect(JSON.stringify(page)).toContain('A manager can put it there');
  const source = product.sandbox.sourceOf(MIA);
  const forged = {
    ...page,
    callback_id: VIEWS.silenceAdd,
    private_metadata: JSON.stringify({ kind: 'domain', value: 'peatworks.example' }),
  };
  const values = { reason: { value: { type: 'radio_buttons', selected_option: { value: 'asked-us' } } } };
  await product.sandbox.postPayload(viewSubmission(source, { view: forged, values, triggerId: product.sandbox.trigger(MIA) }));
  await reads(MIA, 'You need the role');
  expect(await countSuppressions(HOME)).toEqual(nobody);
  expect(await listAudit(HOME, { action: 'suppression.add-refused' })).toMatchObject([{ by: MIA }]);
});

test('a person of another company hears nothing of it, also with a forged submission', async () => {
  expect(await optout(PIA, 'peatworks.example')).toMatchObject({ ok: false });
  const source = product.sandbox.sourceOf(PIA);
  for (const callback_id of [VIEWS.silenceLook, VIEWS.silenceAdd, VIEWS.silenceLift]) {
    const key = { kind: 'domain', value: 'peatworks.example' };
    const metadata = callback_id === VIEWS.silenceLift ? { asked: key, lifted: key } : key;
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id,
      private_metadata: JSON.stringify(metadata),
      app_installed_team_id: HOME,
      blocks: [],
    };
    const values = {
      reason: { value: { type: 'radio_buttons', selected_option: { value: 'asked-us' } } },
      target: { value: { type: 'plain_text_input', value: 'peatworks.example' } },
      proof: { value: { type: 'plain_text_input', value: 'they said so on the phone' } },
    };
    const answer = await product.sandbox.postPayload(viewSubmission(source, { view, values, triggerId: product.sandbox.trigger(PIA) }));
    expect(answer.body).not.toContain('suppression list');
  }
  expect(await countSuppressions(HOME)).toEqual(nobody);
});

describe('an admin', () => {
  test('takes an entry back with a proof, which is kept; the next look finds it free', async () => {
    await put({ kind: 'domain', value: 'peatworks.example' });
    await optout(ANA, 'dana@peatworks.example');
    const page = await reads(ANA, 'Take Back');
    expect(await product.sandbox.as(ANA).submit(page, { proof: 'yes' })).toMatchObject({
      errors: { proof: expect.stringContaining('proof') },
    });
    await submit(ANA, 'Take Back', { proof: 'Dana wrote on 20 November that she wants news again' });
    await reads(ANA, 'is off the suppression list');
    expect(await findSuppression(HOME, keysOfAddress('dana@peatworks.example'))).toBeNull();
    const [entry] = await listAudit(HOME, { action: 'suppression.lift' });
    expect(entry).toMatchObject({ by: ANA, after: { kind: 'domain', proof: expect.stringContaining('20 November') } });
    await optout(ANA, 'dana@peatworks.example');
    await reads(ANA, 'not on the suppression list');
  });

  test('a manager who forges the taking back is refused', async () => {
    await put({ kind: 'domain', value: 'peatworks.example' });
    await optout(MILO, 'peatworks.example');
    const page = await reads(MILO, 'It gets nothing from us');
    const key = { kind: 'domain', value: 'peatworks.example' };
    const forged = { ...page, callback_id: VIEWS.silenceLift, private_metadata: JSON.stringify({ asked: key, lifted: key }) };
    const values = { proof: { value: { type: 'plain_text_input', value: 'they said so on the phone' } } };
    const source = product.sandbox.sourceOf(MILO);
    await product.sandbox.postPayload(viewSubmission(source, { view: forged, values, triggerId: product.sandbox.trigger(MILO) }));
    await reads(MILO, 'You need the role');
    expect(await countSuppressions(HOME)).toEqual({ ...nobody, domain: 1 });
  });
});

test('the Home tab says how many entries there are', async () => {
  await put({ kind: 'domain', value: 'peatworks.example' });
  await product.sandbox.as(ANA).openHome();
  await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.home(ANA) ?? {}).includes('0 addresses, 1 domain, 0 companies'));
});
