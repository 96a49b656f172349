import { addMinutes } from 'date-fns';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft, suggestStyle } from '../../../src/recruit/outreach/edit-draft.ts';
import { rewriteDraft } from '../../../src/recruit/outreach/rewrite-draft.ts';
import { saveStyle } from '../../../src/recruit/style/change-style.ts';
import { getStyle } from '../../../src/recruit/style/style-repository.ts';
import { ANA, GENERAL, MIA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { AT, aCompany, ana, aProgramme, aWaitingDraft, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
let now = AT;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => now });
});
afterAll(() => product.stop());
beforeEach(async () => {
  now = AT;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
});

const shown = (who: string, ...anyOf: string[]) =>
  product.sandbox.waitFor(() => {
    const modal = product.sandbox.modal(who);
    return anyOf.some((part) => JSON.stringify(modal?.blocks ?? []).includes(part)) ? modal : null;
  }, 20_000);
const inChannel = (...parts: string[]) =>
  product.sandbox.waitFor(
    () =>
      product.sandbox
        .messages({ as: ANA, channel: PARTNERSHIPS })
        .findLast(({ blocks }) => parts.every((part) => JSON.stringify(blocks).includes(part))),
    20_000,
  );
async function openStyle(who: string) {
  for (let open = product.sandbox.modal(who); open; open = product.sandbox.modal(who)) await product.sandbox.as(who).close(open);
  await product.sandbox.as(who).command(GENERAL, '/partners style');
  return shown(who, 'Words that are replaced', 'No words are replaced');
}
async function show(draft: Draft): Promise<void> {
  await product.deps.enqueue(showDraftJob, { workspaceId: HOME, draftId: draft.id });
}
/** Milo says “Hi” where the writer says “Hello”. */
async function edited(domain: string, name: string, at = AT): Promise<Draft> {
  const draft = await aWaitingDraft({ company: await aCompany({ domain, name }) });
  const text = { subject: draft.subject, body: draft.body.replace('Hello', 'Hi') };
  return editDraft(milo, { draftId: draft.id, version: 1 }, text, at);
}

/** The text written again by the house style of now. */
async function rewritten({ id, version }: Draft): Promise<Draft> {
  const written = await rewriteDraft(HOME, { draftId: id, version, how: 'again', by: MILO }, { ask: null, now: () => AT, publicUrl: null });
  if (!written) throw new Error('the draft was not written again');
  return written;
}

test('everybody looks; a manager changes tone, length and language, and it is recorded', async () => {
  const page = await openStyle(MIA);
  expect(page).not.toHaveProperty('callback_id', VIEWS.style);
  expect(JSON.stringify(page.blocks)).toContain('A manager or an admin can change this');
  const form = await openStyle(MILO);
  await product.sandbox.as(MILO).submit(form, { tone: 'warm', length: 'short', language: 'fr', houseStyle: 'We say clinic.' });
  await shown(MILO, 'Saved');
  expect(await getStyle(HOME)).toMatchObject({ tone: 'warm', length: 'short', language: 'fr', houseStyle: 'We say clinic.' });
  expect(await listAudit(HOME, { action: 'style.save' })).toMatchObject([{ by: MILO, before: { tone: 'plain' }, after: { tone: 'warm' } }]);
});

test('a habit is said on the card of the second edit, offered in the form, added, and holds for the next draft; removed, it is gone', async () => {
  const first = await edited('one.example', 'Onewood');
  await show(first);
  await inChannel('Onewood', 'Edited by');
  const second = await edited('two.example', 'Twowood', addMinutes(AT, 1));
  await show(second);
  await inChannel('Twowood', 'You changed “Hello” to “Hi” in 2 drafts');
  // A decision on the first does not make it the draft that was changed last.
  await rejectDraft(milo, { draftId: first.id, version: first.version }, addMinutes(AT, 2));
  expect(await suggestStyle(await getStyle(HOME))).toMatchObject([{ draftIds: [first.id, second.id] }]);
  const form = await openStyle(MILO);
  expect(JSON.stringify(form.blocks)).toContain('You changed “Hello” to “Hi” in 2 drafts');
  await product.sandbox.as(MILO).click(form, ACTIONS.styleAdd);
  const added = await shown(MILO, '“Hello” → “Hi”');
  expect(JSON.stringify(added.blocks)).not.toContain('You changed');
  const next = await aWaitingDraft({ company: await aCompany({ domain: 'three.example', name: 'Threewood' }) });
  expect(next.body).toMatch(/^Hi Dana,/);
  await product.sandbox.as(MILO).click(added, ACTIONS.styleRemove);
  expect(JSON.stringify((await shown(MILO, 'No words are replaced')).blocks)).toContain('You changed');
  await product.sandbox.as(MILO).click(await shown(MILO, 'You changed'), ACTIONS.styleDismiss);
  await product.sandbox.waitFor(() => !JSON.stringify(product.sandbox.modal(MILO)?.blocks).includes('You changed'), 20_000);
  expect(await getStyle(HOME)).toMatchObject({ replacements: [], dismissed: [{ from: 'Hello', to: 'Hi' }] });
});

test('the buttons of the card: shorter and warmer make versions; at the end it is said that there is no other', async () => {
  await show(await aWaitingDraft());
  await product.sandbox.as(MILO).click(await inChannel('version 1'), ACTIONS.draftShorter);
  const second = await inChannel('version 2', 'Written shorter');
  await product.sandbox.as(MILO).click(second, ACTIONS.draftWarmer);
  const third = await inChannel('version 3', 'Written warmer');
  await product.sandbox.as(ANA).click(third, ACTIONS.draftWarmer);
  const said = await product.sandbox.waitFor(
    () => product.sandbox.messages({ as: ANA }).find(({ text, blocks }) => `${text}${JSON.stringify(blocks)}`.includes('as warm as I can')),
    20_000,
  );
  expect(said).toBeTruthy();
});

test('a person’s own text is shown with what the checker says of it, and may be approved all the same', async () => {
  const draft = await aWaitingDraft();
  const body = 'Hello Dana Reed,\n\nWe have a margin of 40 % for you. Shall we talk?';
  await show(await editDraft(ana, { draftId: draft.id, version: 1 }, { subject: draft.subject, body }, AT));
  const card = await inChannel('version 2', '40 %');
  expect(JSON.stringify(card.blocks)).toContain('promise no money');
  expect(JSON.stringify(card.blocks)).toContain(ACTIONS.draftApprove);
});

test('a text that lapsed says so and offers to be written again, not to be approved', async () => {
  const draft = await aWaitingDraft();
  await aCompany({ oneLiner: 'Rota planning for hospitals' });
  await show(draft);
  const card = await inChannel('This text has lapsed');
  expect(JSON.stringify(card.blocks)).not.toContain(`"${ACTIONS.draftApprove}"`);
  await product.sandbox.as(MILO).click(card, ACTIONS.draftAgain);
  await inChannel('version 2', 'Rota planning for hospitals', 'Written again');
});

test('a manager says what letters in a language may say; a type that is half given is said beside its field, and nothing is saved', async () => {
  const milo = product.sandbox.as(MILO);
  await milo.click(await openStyle(MILO), ACTIONS.letterFacts, { value: JSON.stringify({ language: 'de' }) });
  const form = await shown(MILO, 'In German');
  const filled = {
    ...{ sells: 'Auswertungen für private Kliniken', customers: 'private Kliniken', role: '', mayName: 'Praxis Nord (Kunde)' },
    ...{ proof: 'Läuft ohne Server im Haus.\n\nLäuft ohne Server im Haus.', 'they-technology': 'unser System mit Ihrem verbinden' },
  };
  expect(await milo.submit(form, filled)).toMatchObject({
    errors: { 'gain-technology': expect.stringContaining('all three'), 'firstStep-technology': expect.stringContaining('all three') },
  });
  expect((await getStyle(HOME)).letters).toEqual({});
  await milo.submit(form, {
    ...filled,
    'gain-technology': 'Kunden, die bleiben',
    'firstStep-technology': 'ein Blick auf die Schnittstelle',
  });
  // How a letter reads with it is seen at once.
  await shown(MILO, 'könnten Sie unser System mit Ihrem verbinden. Ihr Vorteil: Kunden, die bleiben.');
  expect((await getStyle(HOME)).letters).toEqual({
    de: {
      ...{ sells: 'Auswertungen für private Kliniken', customers: 'private Kliniken', role: '' },
      ...{ proof: ['Läuft ohne Server im Haus.'], mayName: ['Praxis Nord (Kunde)'] },
      values: [
        {
          type: 'technology',
          they: 'unser System mit Ihrem verbinden',
          gain: 'Kunden, die bleiben',
          firstStep: 'ein Blick auf die Schnittstelle',
        },
      ],
    },
  });
  expect(await listAudit(HOME, { action: 'style.letters' })).toMatchObject([{ by: MILO, after: { language: 'de' } }]);
});

test('a text in another language than its letters is said beside its field; a card tells that the letter is in English for want of them', async () => {
  const atDesk = product.sandbox.as(MILO);
  const german = await aWaitingDraft({ company: await aCompany() });
  await saveStyle(milo, { tone: 'plain', length: 'medium', language: 'de', houseStyle: '' }, AT);
  await show(await rewritten(german));
  await inChannel('version 2', 'Written in English, because set-up has no texts in German', '/partners style');
  await atDesk.click(await openStyle(MILO), ACTIONS.letterFacts, { value: JSON.stringify({ language: 'de' }) });
  const form = await shown(MILO, 'In German');
  const english = 'Our customers keep their data in the country.';
  const filled = { customers: 'private Kliniken', role: '', mayName: 'The Old Mill House at the River (customer)' };
  expect(await atDesk.submit(form, { ...filled, sells: english, proof: `Läuft ohne Server im Haus.\n${english}` })).toMatchObject({
    errors: { sells: expect.stringContaining('reads as English'), proof: expect.stringContaining('Write it in German') },
  });
  expect((await getStyle(HOME)).letters).toEqual({});
  await atDesk.submit(form, { ...filled, sells: 'Auswertungen für private Kliniken, die ihre Zahlen sehen wollen', proof: '' });
  await shown(MILO, 'Saved.');
  await show(await rewritten(await getDraft(HOME, german.id)));
  expect(JSON.stringify((await inChannel('version 3')).blocks)).not.toContain('The texts of set-up');
});

test('a manager gives example letters; a scrap is said beside its field; the card tells how many there are, and emptied ones are gone', async () => {
  const milo = product.sandbox.as(MILO);
  const example = 'Guten Morgen,\n\nüber Ihre Seite bin ich auf Ihre Arbeit mit kleinen Praxen gekommen.\n\nViele Grüße';
  await milo.click(await openStyle(MILO), ACTIONS.letterExamples);
  const form = await shown(MILO, 'Leave out names');
  expect(await milo.submit(form, { first: example, second: 'Hi Tom' })).toMatchObject({
    errors: { second: expect.stringContaining('whole letter') },
  });
  expect((await getStyle(HOME)).examples).toEqual([]);
  await milo.submit(form, { first: example });
  await milo.click(await shown(MILO, '1 letter: German'), ACTIONS.letterExamples);
  expect(JSON.stringify(await openStyle(MIA))).toContain('*Example letters:* 1 letter: German');
  const again = await shown(MILO, 'Letter 1 (German)');
  await milo.submit(again, { first: '' });
  await shown(MILO, '_none yet_');
  expect((await getStyle(HOME)).examples).toEqual([]);
});
