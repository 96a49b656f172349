import { beforeEach } from 'vitest';
import type { Checklist } from '../../src/onboard/checklists/checklist.ts';
import * as checklists from '../../src/onboard/checklists/checklist-repository.ts';
import { DEFAULT_STEPS } from '../../src/onboard/checklists/default-steps.ts';
import * as templates from '../../src/onboard/checklists/template-repository.ts';
import * as mails from '../../src/onboard/mails/partner-mail-repository.ts';
import * as links from '../../src/onboard/pages/page-link-repository.ts';
import * as sessions from '../../src/onboard/pages/page-session-repository.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import * as merges from '../../src/onboard/partners/partner-merge-repository.ts';
import * as partners from '../../src/onboard/partners/partner-repository.ts';
import { givePayment } from '../../src/onboard/payment-details/give-payment.ts';
import * as payments from '../../src/onboard/payment-details/payment-repository.ts';
import { EXT_QUILLMONT, MILO } from '../sandbox/cast.ts';
import { aPartner, QUILLMONT_TEAM } from '../support/a-partner.ts';
import { AT, aProgramme, HOME, milo } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../support/walls.ts';

useMongo();
const LATER = new Date(AT.getTime() + 60_000);
let partner: Partner;
/** Our partner as somebody of the other workspace would name it: every id right, the workspace theirs. */
let named: Partner;
/** Our record, taking over another one of ours. */
let merge: merges.Merge;
let checklist: Checklist;

beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  await mails.openMail(theirMail(), AT);
  const page = { workspaceId: HOME, partnerId: partner.id, contactId: 'c1', expiresAt: LATER };
  await links.insertLink('link', page, { by: MILO, createdAt: AT, expiresAt: LATER });
  await sessions.insertSession('session', { ...page, createdAt: AT });
  await templates.saveTemplate({ workspaceId: HOME, type: 'agency', steps: [], rev: 0 }, [], { ...entry, workspaceId: HOME });
  await givePayment(milo, partner.id, { currency: 'EUR', method: 'other', reference: 'by cheque' }, ['ab'.repeat(32)], AT);
  named = { ...partner, workspaceId: OTHER };
  const other = await aPartner({ name: 'Quillmont Ltd', domains: ['quillmont.test'] });
  await merges.claimMerge(other, partner, { by: MILO, at: AT });
  const ours = await merges.findMerge(HOME, other.id);
  if (!ours) throw new Error('the merge was not claimed');
  merge = { ...ours, into: { ...ours.into, workspaceId: OTHER } };
  const [made] = await checklists.listChecklistsOf(HOME, [partner.id]);
  if (!made) throw new Error('no checklist was made');
  checklist = made;
});

const whole = { from: 0, count: 10 };
const calls: Calls = {
  partners: {
    insertPartner: [async () => (await partners.insertPartner({ ...named }, () => entry)).workspaceId, OTHER],
    getPartner: [() => partners.getPartner(OTHER, partner.id).catch((error) => error), refusal],
    listPartnersByIds: [() => partners.listPartnersByIds(OTHER, [partner.id]), []],
    listPartnerBriefs: [() => partners.listPartnerBriefs(OTHER, [partner.id]), []],
    findPartnerByDomain: [() => partners.findPartnerByDomain('T0THIRD', 'quillmont.example'), null],
    findPartnerByTeam: [() => partners.findPartnerByTeam('T0THIRD', QUILLMONT_TEAM), null],
    listPartnersIn: [() => partners.listPartnersIn('T0THIRD', EXT_QUILLMONT), []],
    getPartnerNamed: [() => partners.getPartnerNamed('T0THIRD', 'Quillmont').catch((error) => error), refusal],
    findPartnersByName: [() => partners.findPartnersByName('T0THIRD', 'Quillmont', 5), []],
    listRecordDomains: [async () => [...(await partners.listRecordDomains('T0THIRD'))], []],
    listPartnerRecords: [() => partners.listPartnerRecords('T0THIRD', {}, whole), { total: 0 }],
    eachPartnerRecord: [async () => (await partners.eachPartnerRecord('T0THIRD', {}).next()).value, undefined],
    listTiers: [() => partners.listTiers('T0THIRD'), []],
    listPartnerIdsOf: [() => partners.listPartnerIdsOf('T0THIRD', partner.owner), []],
    listPartnerPaces: [() => partners.listPartnerPaces('T0THIRD'), []],
    changePartner: [() => partners.changePartner(named, { name: 'Taken over' }, entry), null],
    changePartnerNow: [
      () => partners.changePartnerNow(OTHER, partner.id, () => ({ set: { name: 'Taken over' }, entry })).catch((error) => error),
      refusal,
    ],
    findHolder: [() => partners.findHolder('T0THIRD', { name: 'Quillmont', domains: ['quillmont.example'] }), null],
    findKeepOutDue: [() => partners.findKeepOutDue(OTHER, partner.id), null],
    settleKeepOut: [
      async () => {
        const due = await partners.findKeepOutDue(HOME, partner.id);
        if (!due) throw new Error('nothing is due');
        return partners.settleKeepOut({ ...due, workspaceId: OTHER });
      },
      undefined,
    ],
  },
  merges: {
    claimMerge: [() => merges.claimMerge(named, named, { by: 'U0EVE', at: AT }), false],
    findMerge: [() => merges.findMerge(OTHER, merge.into.id), null],
    findAbsorbing: [() => merges.findAbsorbing(OTHER, merge.absorbed.id), null],
    renewAbsorbed: [() => merges.renewAbsorbed(merge, { ...named, rev: 9 }), undefined],
    deleteAbsorbed: [() => merges.deleteAbsorbed(merge), false],
    settleMerge: [() => merges.settleMerge(merge, { name: 'Taken over' }, entry), null],
    dropMerge: [() => merges.dropMerge(merge), undefined],
  },
  checklists: {
    insertChecklist: [
      async () => (await checklists.insertChecklist({ ...checklist, workspaceId: OTHER }, () => entry)).id === checklist.id,
      false,
    ],
    findChecklist: [() => checklists.findChecklist('T0THIRD', partner.id), null],
    listChecklistsOf: [() => checklists.listChecklistsOf('T0THIRD', [partner.id]), []],
    listDueChecklists: [() => checklists.listDueChecklists('T0THIRD', '2099-01-01', whole), { total: 0, checklists: [] }],
    eachDueChecklist: [async () => (await checklists.eachDueChecklist('T0THIRD', '2099-01-01').next()).value, undefined],
    eachChecklist: [async () => (await checklists.eachChecklist('T0THIRD').next()).value, undefined],
    deleteChecklist: [() => checklists.deleteChecklist({ ...checklist, workspaceId: OTHER }), false],
    saveChecklist: [() => checklists.saveChecklist({ ...checklist, workspaceId: OTHER }, { steps: [] }, AT, entry), null],
  },
  templates: {
    getTemplate: [() => templates.getTemplate(OTHER, 'agency'), { rev: 0 }],
    listTemplates: [async () => (await templates.listTemplates(OTHER)).map(({ rev }) => rev), [0, 0, 0, 0, 0, 0, 0]],
    stepsOfTypes: [async () => (await templates.stepsOfTypes(OTHER, ['agency'])).length, DEFAULT_STEPS.agency.length],
    saveTemplate: [() => templates.saveTemplate({ workspaceId: OTHER, type: 'agency', steps: [], rev: 1 }, [], entry), false],
  },
};

const theirMail = () => ({ workspaceId: HOME, partnerId: partner.id, contactId: 'c1', key: 'k1', template: 'page-link' as const });
const ours = async () => ({ ...(await mails.openMail(theirMail(), AT)), workspaceId: OTHER });
const theirPage = () => ({ workspaceId: OTHER, partnerId: partner.id, contactId: 'c1' });
const claim = { claim: 'c', leaseUntil: AT, at: AT };
const ourPayment = async () => {
  const found = await payments.findPayment(HOME, partner.id);
  if (!found) throw new Error('no payment details');
  return found;
};
const pending = async () => {
  const { pending } = await ourPayment();
  if (!pending) throw new Error('nothing is pending');
  return pending;
};
/** What people outside Slack are sent, and come in by. */
const outside: Calls = {
  mails: {
    moveMails: [() => mails.moveMails(OTHER, partner.id, 'elsewhere'), undefined],
    openMail: [() => mails.openMail({ ...theirMail(), workspaceId: OTHER, key: 'k2' }, AT), { workspaceId: OTHER }],
    findMail: [() => mails.findMail(OTHER, 'k1'), null],
    claimMail: [async () => mails.claimMail(await ours(), claim), false],
    markMailHandedOver: [async () => mails.markMailHandedOver(await ours(), claim), false],
    settleMail: [async () => mails.settleMail(await ours(), ['open'], { status: 'sent', reason: '' }, AT), null],
    isMailLeased: [async () => mails.isMailLeased(await ours(), AT), false],
    markMailTold: [async () => mails.markMailTold(await ours(), AT), undefined],
  },
  payments: {
    savePending: [async () => payments.savePending(OTHER, partner.id, await pending(), entry), undefined],
    findPayment: [() => payments.findPayment('T0THIRD', partner.id), null],
    confirmPending: [
      async () => payments.confirmPending({ ...(await ourPayment()), workspaceId: 'T0THIRD' }, { by: 'U0EVE', at: AT }, entry),
      null,
    ],
    dropPending: [
      async () => payments.dropPending({ ...(await ourPayment()), workspaceId: 'T0THIRD' }, { by: 'U0EVE', at: AT }, entry),
      null,
    ],
    markAsked: [async () => payments.markAsked(OTHER, partner.id, (await pending()).id), undefined],
    replaceSealed: [
      async () =>
        payments.replaceSealed({ ...(await ourPayment()), workspaceId: 'T0THIRD' }, 'pending', { from: (await pending()).sealed, to: 'x' }),
      false,
    ],
    listPaymentsWaiting: [() => payments.listPaymentsWaiting('T0THIRD', { whose: null, count: 9 }), { payments: [], total: 0 }],
    movePayment: [() => payments.movePayment('T0THIRD', partner.id, 'another'), undefined],
  },
  links: {
    moveLinks: [() => links.moveLinks(OTHER, partner.id, 'elsewhere'), undefined],
    insertLink: [() => links.insertLink('h', theirPage(), { by: 'U0EVE', createdAt: AT, expiresAt: LATER }), undefined],
    countLinks: [() => links.countLinks({ ...theirPage(), workspaceId: 'T0THIRD' }, { since: AT, by: 'team', wish: '' }), 0],
    endLinksOf: [() => links.endLinksOf(theirPage()), undefined],
    // By the hash of a secret that one person has.
    findOpenLink: [() => links.findOpenLink('another', AT), null],
    takeLink: [() => links.takeLink('another', AT), null],
  },
  sessions: {
    moveSessions: [() => sessions.moveSessions(OTHER, partner.id, 'elsewhere'), undefined],
    insertSession: [() => sessions.insertSession('h', { ...theirPage(), createdAt: AT, expiresAt: LATER }), undefined],
    endSessionsOf: [() => sessions.endSessionsOf(theirPage()), undefined],
    // By the hash of the cookie's secret.
    findSession: [() => sessions.findSession('another', AT), null],
    extendSession: [() => sessions.extendSession('another', new Date('2099-01-01')), undefined],
    endSession: [() => sessions.endSession('another'), undefined],
  },
};

testWalls({ ...calls, ...outside }, { partners, merges, checklists, templates, mails, payments, links, sessions });
