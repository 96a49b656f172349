import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, SHORTCUTS, VIEWS } from '../../blocks/ids.ts';
import { postDigest } from '../../jobs/discover/post-digest.ts';
import { CRITERION_IDS } from '../../src/discover/fit/criteria.ts';
import { listAudit } from '../../src/programme/audit/audit-repository.ts';
import { findCompaniesByName } from '../../src/programme/companies/company-names.ts';
import { contentHash, type Draft } from '../../src/recruit/outreach/draft.ts';
import { findDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { startDraft } from '../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../src/recruit/outreach/write-draft.ts';
import { ANA, EXT_QUILLMONT, MILO, PIA } from '../sandbox/cast.ts';
import type { Json } from '../sandbox/json.ts';
import { messageAction, viewSubmission } from '../sandbox/payloads.ts';
import { planTerms } from '../support/a-plan.ts';
import { aContact, HOME, milo } from '../support/builders.ts';
import { forgedClick } from '../support/forged-click.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let product: Product;
let draft: Draft;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  await bringCompanies(3, AT);
  await postDigest.run({ workspaceId: HOME, day: '2026-11-23', round: 0, by: 'schedule' }, product.deps);
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  ({ draft } = await startDraft(milo, company?.id ?? '', aContact(), AT));
  draft = await writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
});

/** Everything internal that Pia must never read. */
const INTERNAL = /oakfield|peatworks|dana|of 100|known\b|Step \d|Hello Dana|@larkspur\.example|U0MILOMRSH|Admins|roles`/i;
/** Without her own words. */
const visibleToPia = () => {
  const { messages, modals, home } = product.sandbox.state(PIA);
  const read = messages.filter(({ userId }) => userId !== PIA);
  return JSON.stringify([read.map(({ text, blocks }) => [text, blocks]), modals, home]);
};
const settled = async () => {
  const quiet = () => product.sandbox.calls.length;
  for (let before = -1; before !== quiet(); ) {
    before = quiet();
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
};

/** Values that would do harm if a colleague sent them. */
function valueFor(action: string): string {
  if (action.startsWith('company')) return draft.companyId;
  if (action === ACTIONS.recordsShow) return JSON.stringify({ state: 'waiting', from: 0 });
  if (action.startsWith('records')) return draft.id;
  if (action === ACTIONS.letterFacts) return JSON.stringify({ language: 'en' });
  if (action.startsWith('style')) return JSON.stringify({ from: 'Hello', to: 'Hi' });
  if (action.startsWith('draft')) return `${draft.id}|${draft.version}`;
  if (action.startsWith('privacy')) return JSON.stringify({ kind: 'address', value: 'dana@peatworks.example' });
  if (action.startsWith('weights')) return 'technology';
  const payments: string[] = [ACTIONS.paymentReview, ACTIONS.paymentConfirm, ACTIONS.paymentTurnDown];
  if (payments.includes(action)) return JSON.stringify({ partnerId: 'p', entryId: 'e' });
  if (action.startsWith('qbr.') && action !== ACTIONS.qbrOpen) return JSON.stringify({ partnerId: 'p', words: '' });
  if (action === ACTIONS.costTakeBack) return JSON.stringify({ source: 'cost:1', words: 'this quarter' });
  if (action === ACTIONS.pageSend) return JSON.stringify({ partnerId: 'p', contactId: 'c' });
  if (action === ACTIONS.earningsOlder || action === ACTIONS.earningsNewer) return JSON.stringify({ partnerId: 'p', from: 0 });
  if (action === ACTIONS.earningsWhy) return JSON.stringify({ partnerId: 'p', source: 's' });
  if (action.startsWith('field.')) return JSON.stringify({ rev: 0, fieldId: null, type: 'agency' });
  if (action.startsWith('deal.sale-')) return JSON.stringify({ dealId: 'd', saleId: 's' });
  if (action === ACTIONS.payoutBack || action === ACTIONS.payoutNext) return JSON.stringify({ id: 'p', from: 0 });
  if (action === ACTIONS.touchCount) return JSON.stringify({ source: 's' });
  if (action === ACTIONS.dealUnshare) return JSON.stringify({ dealId: 'd', partnerId: 'p' });
  if (action.startsWith('checklist.')) return JSON.stringify({ partnerId: 'p', stepId: 's' });
  if (action === ACTIONS.commandRun) return 'list';
  if (action === ACTIONS.importFile) return JSON.stringify({ fileId: 'F1', fileName: 'a.csv' });
  if (action.startsWith('list')) return JSON.stringify({ from: 0, words: '' });
  if (action === ACTIONS.digestMore) return JSON.stringify({ day: '2026-11-23', round: 1 });
  if (action === ACTIONS.agreementRead || action === ACTIONS.agreementTurn) return JSON.stringify({ versionId: 'v', page: 0 });
  if (action === ACTIONS.certificateCopy) return JSON.stringify({ partnerId: 'p', certificateId: 'c' });
  return 'company';
}

const click = (action: string, where: 'message' | 'ephemeral') =>
  forgedClick(product, product.sandbox.sourceOf(PIA), { actionId: action, value: valueFor(action), ephemeral: where === 'ephemeral' });

const typed = (value: string) => ({ value: { type: 'plain_text_input', value } });
const WEIGHTS = Object.fromEntries(CRITERION_IDS.map((id, index) => [id, typed(index === 0 ? '100' : '0')]));
const ANY_PARTNER = { partnerId: '0123456789abcdef01234567', rev: 1 };
const SILENCED = { kind: 'domain', value: 'peatworks.example' };
const FORMS: Record<string, { metadata: () => Json | null; values: Json }> = {
  [VIEWS.setup]: {
    metadata: () => ({ step: 'leaveOut' }),
    values: { competitors: typed('x.example'), customers: typed(''), existing: typed('') },
  },
  [VIEWS.setupWebsite]: { metadata: () => ({}), values: { website: typed('pia.example') } },
  [VIEWS.roles]: {
    metadata: () => ({}),
    values: {
      user: { value: { type: 'users_select', selected_user: MILO } },
      role: { value: { type: 'radio_buttons', selected_option: { value: 'admin' } } },
    },
  },
  [VIEWS.import]: { metadata: () => ({}), values: { domains: typed('pia.example') } },
  [VIEWS.importMap]: {
    metadata: () => ({ fileId: 'F1', fileName: 'a.csv', columns: 1 }),
    values: { 'column-0': { value: { type: 'static_select', selected_option: { value: 'domain' } } } },
  },
  [VIEWS.crmUpload]: {
    metadata: () => ({}),
    values: {
      object: { value: { type: 'radio_buttons', selected_option: { value: 'accounts' } } },
      file: { value: { type: 'file_input', files: [{ id: 'F1', name: 'a.csv' }] } },
    },
  },
  [VIEWS.revenueShare]: {
    metadata: () => ({ words: 'this quarter' }),
    values: { channel: { value: { type: 'conversations_select', selected_conversation: 'C0TEAM' } } },
  },
  [VIEWS.crmFile]: { metadata: () => ({ fileId: 'F1', fileName: 'a.csv', object: 'accounts' }), values: {} },
  [VIEWS.crmOwners]: {
    metadata: () => ({ from: 0, ids: ['o1'] }),
    values: { 'owner-0': { value: { type: 'users_select', selected_user: MILO } } },
  },
  [VIEWS.importConfirm]: { metadata: () => ({ fileId: 'F1', fileName: 'a.csv' }), values: {} },
  [VIEWS.silenceLook]: { metadata: () => ({}), values: { target: typed('peatworks.example') } },
  [VIEWS.silenceAdd]: {
    metadata: () => SILENCED,
    values: { reason: { value: { type: 'radio_buttons', selected_option: { value: 'asked-us' } } } },
  },
  [VIEWS.silenceLift]: {
    metadata: () => ({ asked: SILENCED, lifted: SILENCED }),
    values: { proof: typed('she said so on the telephone') },
  },
  [VIEWS.privacyDelete]: { metadata: () => ({ key: { kind: 'company', value: 'oakfield1.example' } }), values: {} },
  [VIEWS.companyReject]: {
    metadata: () => ({ companyId: draft.companyId }),
    values: { reason: { value: { type: 'radio_buttons', selected_option: { value: 'other' } } } },
  },
  [VIEWS.companyLater]: {
    metadata: () => ({ companyId: draft.companyId }),
    values: { until: { value: { type: 'datepicker', selected_date: '2099-01-01' } } },
  },
  [VIEWS.contact]: {
    metadata: () => ({ companyId: draft.companyId }),
    values: {
      ...{ name: typed('Pia Pine'), email: typed('pia@quillmont.example'), source: typed('herself') },
      country: { value: { type: 'static_select', selected_option: { value: 'GB' } } },
      basis: { value: { type: 'radio_buttons', selected_option: { value: 'given' } } },
      recipient: { value: { type: 'radio_buttons', selected_option: { value: 'company' } } },
      origin: { value: { type: 'static_select', selected_option: { value: 'given' } } },
    },
  },
  [VIEWS.partnerAdd]: {
    metadata: () => ({}),
    values: {
      ...{ name: typed('Pia Ltd'), domains: typed('pia.example') },
      types: { value: { type: 'multi_static_select', selected_options: [{ value: 'agency' }] } },
      owner: { value: { type: 'users_select', selected_user: MILO } },
    },
  },
  [VIEWS.partnerEdit]: {
    metadata: () => ANY_PARTNER,
    values: {
      ...{ names: typed('Pia Ltd'), domains: typed('pia.example') },
      types: { value: { type: 'multi_static_select', selected_options: [{ value: 'agency' }] } },
      owner: { value: { type: 'users_select', selected_user: MILO } },
    },
  },
  [VIEWS.partnerPerson]: {
    metadata: () => ANY_PARTNER,
    values: { name: typed('Pia'), role: { value: { type: 'static_select', selected_option: { value: 'sales' } } } },
  },
  [VIEWS.partnerNote]: { metadata: () => ANY_PARTNER, values: { text: typed('a note') } },
  [VIEWS.partnerEnd]: { metadata: () => ANY_PARTNER, values: { because: typed('because') } },
  [VIEWS.partnerMergeWith]: { metadata: () => ANY_PARTNER, values: { other: typed('Oakfield') } },
  [VIEWS.partnerMerge]: {
    metadata: () => ({ first: { id: ANY_PARTNER.partnerId, rev: 1 }, second: { id: '0123456789abcdef01234568', rev: 1 } }),
    values: { stays: { value: { type: 'radio_buttons', selected_option: { value: 'first' } } } },
  },
  [VIEWS.draftApprove]: {
    metadata: () => ({ draftId: draft.id, version: draft.version, hash: contentHash(draft) }),
    values: {},
  },
  [VIEWS.replyCorrect]: {
    metadata: () => ({ replyId: 'r' }),
    values: { kind: { value: { type: 'radio_buttons', selected_option: { value: 'opt-out' } } } },
  },
  [VIEWS.style]: {
    metadata: () => ({}),
    values: {
      tone: { value: { type: 'static_select', selected_option: { value: 'warm' } } },
      length: { value: { type: 'static_select', selected_option: { value: 'short' } } },
      language: { value: { type: 'static_select', selected_option: { value: 'en' } } },
    },
  },
  [VIEWS.letterFacts]: {
    metadata: () => ({ language: 'en' }),
    values: { sells: typed('Booking software'), customers: typed('Private clinics') },
  },
  [VIEWS.letterExamples]: {
    metadata: () => ({}),
    values: { first: typed('Hello, we make booking software. Shall we talk about it one day? Best regards') },
  },
  [VIEWS.weights]: { metadata: () => ({ type: 'technology' }), values: WEIGHTS },
  [VIEWS.payoutPaid]: { metadata: () => ({ payoutId: 'p', status: 'approved' }), values: { reference: typed('BANK-1') } },
  [VIEWS.payoutBack]: { metadata: () => ({ payoutId: 'p', status: 'paid' }), values: { because: typed('ours') } },
  [VIEWS.payoutBank]: {
    metadata: () => ({ payoutId: 'p', status: 'approved' }),
    values: {
      ...{ name: typed('Pia'), iban: typed('DE89 3704 0044 0532 0130 00') },
      day: { value: { type: 'datepicker', selected_date: '2026-12-01' } },
    },
  },
  [VIEWS.payment]: {
    metadata: () => ({ partnerId: 'p' }),
    values: {
      ...{ currency: typed('EUR'), reference: typed('DE89 3704 0044 0532 0130 00') },
      method: { value: { type: 'static_select', selected_option: { value: 'bank' } } },
    },
  },
  [VIEWS.channelInvite]: {
    metadata: () => ({ partnerId: 'p' }),
    values: {
      place: { value: { type: 'radio_buttons', selected_option: { value: 'private' } } },
      mode: { value: { type: 'radio_buttons', selected_option: { value: 'full' } } },
      ...{ name: typed('ext-quillmont-2'), email: typed('pia@quillmont.example') },
    },
  },
  [VIEWS.checklistFile]: { metadata: () => ({ partnerId: 'p', stepId: 's' }), values: {} },
  [VIEWS.deskAsk]: { metadata: () => ({}), values: { question: typed('Who are your other partners?') } },
  [VIEWS.deal]: {
    metadata: () => ({ partnerId: 'p', dealId: '00000000-0000-4000-8000-000000000001' }),
    values: {
      ...{ company: typed('Saltmarsh'), website: typed('saltmarsh.example'), value: typed('12,000 EUR'), note: typed('') },
      country: { value: { type: 'static_select', selected_option: { value: 'GB' } } },
      closeOn: { value: { type: 'datepicker', selected_date: '2027-03-31' } },
    },
  },
  [VIEWS.plan]: { metadata: () => ({ planId: 'p', seen: 0 }), values: { name: typed('Theirs'), pay: typed('99 %') } },
  [VIEWS.planSave]: { metadata: () => ({ planId: 'p', seen: 0, terms: planTerms() }), values: {} },
  [VIEWS.measureRules]: { metadata: () => ({ rev: 0 }), values: { currency: typed('USD'), claimDays: typed('0') } },
  [VIEWS.goal]: { metadata: () => ({ partnerId: 'p', words: '' }), values: { sourced: typed('1'), registrations: typed('1') } },
  [VIEWS.cost]: {
    metadata: () => ({ id: '3c6a0f4e-6d0b-4c55-9d6e-0d8f1f0a7b11' }),
    values: { kind: { value: { type: 'static_select', selected_option: { value: 'tools' } } }, sum: typed('1 EUR') },
  },
  [VIEWS.costFile]: { metadata: () => ({}), values: { file: { value: { type: 'file_input', files: [{ id: 'F1', name: 'a.csv' }] } } } },
  [VIEWS.costBring]: { metadata: () => ({ fileId: 'F1', fileName: 'a.csv' }), values: {} },
  [VIEWS.link]: {
    metadata: () => ({ partnerId: ANY_PARTNER.partnerId, isTeam: true }),
    values: { target: typed('https://larkspur.example'), coupon: typed('MINE') },
  },
  [VIEWS.linkRules]: {
    metadata: () => ({}),
    values: {
      domains: typed('evil.example'),
      decider: { value: { type: 'radio_buttons', selected_option: { value: 'coupon' } } },
    },
  },
  [VIEWS.webhook]: { metadata: () => ({}), values: { stripe: typed('whsec_0123456789abcdef') } },
  [VIEWS.referral]: { metadata: () => ({ saleId: 'customer:1', counts: true }), values: { because: typed('ours') } },
  [VIEWS.planCap]: { metadata: () => ({ rev: 0 }), values: { totalCap: typed('99 %') } },
  [VIEWS.moneyFile]: { metadata: () => ({}), values: { file: { value: { type: 'file_input', files: [{ id: 'F1', name: 'a.csv' }] } } } },
  [VIEWS.moneyFileRecord]: { metadata: () => ({ fileId: 'F1', fileName: 'a.csv' }), values: {} },
  [VIEWS.money]: {
    metadata: () => ({ saleId: 'crm:1' }),
    values: {
      ...{ id: typed('1'), amount: typed('1 EUR') },
      kind: { value: { type: 'static_select', selected_option: { value: 'invoice' } } },
      day: { value: { type: 'datepicker', selected_date: '2026-11-01' } },
    },
  },
  [VIEWS.touchNote]: {
    metadata: () => ({ saleId: 'crm:1' }),
    values: {
      ...{ partner: typed('Quillmont'), evidence: typed('I say so') },
      type: { value: { type: 'static_select', selected_option: { value: 'demo' } } },
      day: { value: { type: 'datepicker', selected_date: '2026-11-01' } },
    },
  },
  [VIEWS.touchCount]: { metadata: () => ({ source: 's' }), values: { because: typed('I say so') } },
  [VIEWS.rateTyped]: {
    metadata: () => ({}),
    values: {
      ...{ currency: typed('AED'), rate: typed('4.05'), from: typed('their bank') },
      day: { value: { type: 'datepicker', selected_date: '2026-12-01' } },
    },
  },
  [VIEWS.rates]: { metadata: () => ({}), values: { file: { value: { type: 'file_input', files: [{ id: 'F1', name: 'a.csv' }] } } } },
  [VIEWS.dealRules]: { metadata: () => ({ rev: 0 }), values: { reviewDays: typed('30'), protection: typed('Everybody: 1') } },
  [VIEWS.dealReject]: {
    metadata: () => ({ dealId: 'd' }),
    values: { code: { value: { type: 'static_select', selected_option: { value: 'tender' } } }, words: typed('no') },
  },
  [VIEWS.dealAsk]: { metadata: () => ({ dealId: 'd' }), values: { words: typed('Who else registered it?') } },
  [VIEWS.dealAnswer]: { metadata: () => ({ dealId: 'd' }), values: { words: typed('It is ours.') } },
  [VIEWS.dealAppeal]: { metadata: () => ({ dealId: 'd' }), values: { words: typed('It is ours, and was always.') } },
  [VIEWS.dealPartner]: {
    metadata: () => ({ heard: {} }),
    values: { partner: { value: { type: 'static_select', selected_option: { value: ANY_PARTNER.partnerId } } } },
  },
  [VIEWS.dealField]: {
    metadata: () => ({ rev: 0, fieldId: null }),
    values: {
      label: typed('What do you pay?'),
      kind: { value: { type: 'static_select', selected_option: { value: 'text' } } },
      required: { value: { type: 'radio_buttons', selected_option: { value: 'no' } } },
    },
  },
  [VIEWS.dealAsked]: {
    metadata: () => ({ rev: 0, type: 'agency' }),
    values: { fields: { value: { type: 'checkboxes', selected_options: [] } } },
  },
  [VIEWS.dealLog]: { metadata: () => ({ dealId: 'd' }), values: { words: typed('Called them') } },
  [VIEWS.dealWon]: {
    metadata: () => ({ dealId: 'd' }),
    values: { value: typed('1 EUR'), day: { value: { type: 'datepicker', selected_date: '2026-01-01' } } },
  },
  [VIEWS.dealRevoke]: { metadata: () => ({ dealId: 'd' }), values: { because: typed('They are ours') } },
  [VIEWS.dealShare]: {
    metadata: () => ({ dealId: 'd' }),
    values: { partner: typed('Quillmont'), role: { value: { type: 'static_select', selected_option: { value: 'resell' } } } },
  },
  [VIEWS.agreementPublish]: { metadata: () => ({}), values: { title: typed('Their terms'), text: typed('They owe us everything.') } },
  [VIEWS.agreementAccept]: {
    metadata: () => ({ versionId: 'v' }),
    values: {
      ...{ name: typed('Pia Pine'), jobTitle: typed('Sales') },
      may: { value: { type: 'checkboxes', selected_options: [{ value: 'may-accept' }] } },
    },
  },
  [VIEWS.trainingCourse]: {
    metadata: () => null,
    values: { title: typed('Their course'), passMark: typed('1'), triesPerDay: typed('9'), validMonths: typed('99') },
  },
  [VIEWS.trainingUnit]: {
    metadata: () => ({ courseId: 'c', rev: 1, partId: null }),
    values: {
      ...{ title: typed('Their part'), text: typed('Read this.') },
      kind: { value: { type: 'radio_buttons', selected_option: { value: 'text' } } },
    },
  },
  [VIEWS.trainingQuestion]: {
    metadata: () => ({ courseId: 'c', rev: 1, partId: null }),
    values: { words: typed('Who wins?'), right: typed('Pia'), wrong: typed('Ana') },
  },
  [VIEWS.courseAnswer]: { metadata: () => ({ courseId: 'c', rev: 1 }), values: { name: typed('Pia Pine') } },
  [VIEWS.reading]: {
    metadata: () => ({ place: 'home' }),
    values: { relation: { value: { type: 'radio_buttons', selected_option: { value: 'adopters' } } } },
  },
  [VIEWS.why]: { metadata: () => ({ digestId: 'd' }), values: { company: typed('Oakfield 1') } },
  [VIEWS.draftEdit]: {
    metadata: () => ({ draftId: draft.id, version: draft.version }),
    values: {
      subject: typed('Changed by an outsider'),
      body: typed('Changed by an outsider, at some length.'),
    },
  },
};

function submit(callbackId: string): Promise<{ status: number }> {
  const { sandbox } = product;
  const form = FORMS[callbackId];
  const view = {
    id: 'V0FORGED',
    type: 'modal',
    callback_id: callbackId,
    app_installed_team_id: HOME,
    private_metadata: JSON.stringify(form ? form.metadata() : {}),
  };
  return sandbox.postPayload(viewSubmission(sandbox.sourceOf(PIA), { view, values: form?.values ?? {}, triggerId: sandbox.trigger(PIA) }));
}

async function isHarmless(): Promise<void> {
  await settled();
  expect(visibleToPia()).not.toMatch(INTERNAL);
  const { status, version, contact } = (await findDraft(HOME, draft.id)) ?? {};
  expect({ status, version, contact }).toEqual({ status: 'waiting', version: draft.version, contact: draft.contact });
  const [company] = await findCompaniesByName(HOME, 'Oakfield 1', 1);
  expect(company?.decision?.kind).toBe('pursued');
  expect(product.sandbox.mail).toEqual([]);
}

const refusals = async () => (await listAudit(HOME, {}, 500)).filter(({ by }) => by === PIA);

describe('a person of a partner company', () => {
  const harmless = new Set<string>();
  test.each(Object.values(ACTIONS).flatMap((action) => (['message', 'ephemeral'] as const).map((where) => [action, where] as const)))(
    'clicks %s in a %s: refused, shown nothing, recorded',
    async (action, where) => {
      expect((await click(action, where)).status).toBe(200);
      await isHarmless();
      const recorded = await refusals();
      if (harmless.has(action)) return void expect(recorded).toEqual([]);
      expect(recorded.map((entry) => entry.action)).toEqual([expect.stringMatching(/-refused$/)]);
      expect(recorded[0]?.after).toMatchObject({ code: 'internal-only' });
      expect(visibleToPia()).toContain('This is for the team that runs the partner programme');
    },
  );

  test.each(Object.values(VIEWS))('submits %s: refused, shown nothing, recorded', async (view) => {
    expect((await submit(view)).status).toBe(200);
    await isHarmless();
    expect((await refusals()).map((entry) => entry.action)).toEqual([expect.stringMatching(/-refused$/)]);
  });

  test('mentions the bot, writes to it, opens its Home tab: hears whom to ask, and no more', async () => {
    const pia = product.sandbox.as(PIA);
    for (const words of ['list', 'show Oakfield 1', 'digest', '']) await pia.mention(EXT_QUILLMONT, words);
    await pia.dm('list the candidates');
    await pia.openHome();
    await isHarmless();
    expect(visibleToPia()).toContain('Ask your contact there');
    // The colleague in the same channel is answered where only she can read it.
    await product.sandbox.as(ANA).mention(EXT_QUILLMONT, 'help');
    await isHarmless();
  });

  test('sends a command all the same: refused and recorded', async () => {
    const { body, type } = commandOfPia();
    expect((await product.sandbox.post(body, { ...type, ...product.sandbox.sign(body) })).status).toBe(200);
    await isHarmless();
    expect((await refusals()).map((entry) => entry.action)).toEqual(['command.list-refused']);
  });
});

test('a person of a partner company uses the shortcut on a message all the same: refused and recorded', async () => {
  const { sandbox } = product;
  const message = { type: 'message', ts: '1700000000.000100', text: 'Saltmarsh wants it, https://saltmarsh.example' };
  await sandbox.postPayload(
    messageAction(sandbox.sourceOf(PIA), {
      ...{ callbackId: SHORTCUTS.dealFromMessage, triggerId: sandbox.trigger(PIA), message },
      ...{ channel: { id: EXT_QUILLMONT, name: 'ext-quillmont' }, responseUrl: sandbox.responseUrl(EXT_QUILLMONT, PIA) },
    }),
  );
  await isHarmless();
  expect((await refusals()).map((entry) => entry.action)).toEqual(['deal.begin-refused']);
});

function commandOfPia(): { body: string; type: Record<string, string> } {
  const { sandbox } = product;
  const fields = {
    command: '/partners',
    text: 'list',
    team_id: HOME,
    user_id: PIA,
    channel_id: EXT_QUILLMONT,
    trigger_id: sandbox.trigger(PIA),
    response_url: sandbox.responseUrl(EXT_QUILLMONT, PIA),
  };
  return { body: new URLSearchParams(fields).toString(), type: { 'content-type': 'application/x-www-form-urlencoded' } };
}
