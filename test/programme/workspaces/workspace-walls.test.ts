import { beforeEach } from 'vitest';
import * as digests from '../../../src/discover/digest/digest-repository.ts';
import type { TypeWeights } from '../../../src/discover/learning/type-weights.ts';
import * as weights from '../../../src/discover/learning/weights-repository.ts';
import { aStep, type Research } from '../../../src/discover/research/research.ts';
import * as researches from '../../../src/discover/research/research-repository.ts';
import * as spending from '../../../src/discover/research/spending-repository.ts';
import { startResearch } from '../../../src/discover/research/start-research.ts';
import * as reviews from '../../../src/discover/reviews/review-repository.ts';
import * as websites from '../../../src/discover/website/website-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import * as columnChoices from '../../../src/programme/companies/column-choice-repository.ts';
import type { Company } from '../../../src/programme/companies/company.ts';
import * as names from '../../../src/programme/companies/company-names.ts';
import * as companies from '../../../src/programme/companies/company-repository.ts';
import { listDecisions, saveDecision } from '../../../src/programme/companies/company-repository.ts';
import * as stages from '../../../src/programme/companies/company-stage-repository.ts';
import * as contacts from '../../../src/programme/contacts/contact-repository.ts';
import * as programmes from '../../../src/programme/setup/programme-repository.ts';
import * as roles from '../../../src/programme/workspaces/role-repository.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import * as styles from '../../../src/recruit/style/style-repository.ts';
import * as posts from '../../../src/slack/post-repository.ts';
import { AT, anApprovedDraft, ana, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { digest, website } from '../../support/wall-samples.ts';
import { type Calls, entry, OTHER, refusal, testWalls } from '../../support/walls.ts';

useMongo();
const NOT_THEIRS = { searches: 0, tokens: 0, microUsd: 0 };

let draft: Draft;
let company: Company;
/** Our company and our research as somebody of the other workspace would name them: every id right, the workspace theirs. */
let theirs: Company;
let taken: Research;
let technology: TypeWeights;

const dana = {
  email: 'dana@kept.example',
  name: 'Dana',
  role: '',
  country: '',
  source: { kind: 'typed' as const, by: ana.userId },
  at: AT,
};
const STAGE = { state: 'partner', at: AT, by: 'U0EVE', how: '', until: null, post: '' } as const;
const HEADER = ['F1', 'F2'];
const RULING = { kind: 'clear', by: ana.userId, at: AT } as const;
const CLAIM = { key: 'k', at: AT, tries: 1 };
const READING = { key: 'k', us: 'u', verdict: 'wrong-role', other: null, phrase: null, at: AT } as const;
const PLACE = { channel: 'C0HOME', ts: '1.1' };

beforeEach(async () => {
  ({ draft } = await anApprovedDraft());
  company = await companies.getCompany(HOME, draft.companyId);
  theirs = { ...company, workspaceId: OTHER };
  const { id: companyId, name, domain, oneLiner } = company;
  const item = { companyId, name, domain, oneLiner, type: 'technology' as const, score: 50, known: 0.5, reasons: [] };
  await digests.insertDigest({ ...digest, items: [item] });
  technology = await weights.getTypeWeights(HOME, 'technology');
  await weights.saveTypeWeights(HOME, { ...technology, frozen: true }, null);
  await styles.pushReplacement(HOME, { from: 'Hello', to: 'Hi' }, { ...entry, workspaceId: HOME });
  await columnChoices.saveColumnChoice(HOME, HEADER, { fields: ['domain', null], by: ana.userId, at: AT });
  await posts.claimPost(HOME, `draft:${draft.id}`, AT);
  await posts.savePost(HOME, `draft:${draft.id}`, AT, PLACE);
  const tools = { askWeb: () => Promise.reject(new Error('not asked')), prices: { input: 1, output: 1, searches: 1 }, perDayUsd: 1 };
  taken = { ...(await startResearch(ana, 'clinics', tools, AT)), workspaceId: OTHER };
  await spending.reserveSpending(HOME, '2026-11-23', { searches: 1, tokens: 1, microUsd: 1 }, { searches: 9, tokens: 9, microUsd: 9 });
  await websites.saveWebsite(HOME, website);
  await reviews.saveRuling(company, 'rival', { seen: null, next: RULING }, { ...entry, workspaceId: HOME });
  await reviews.claimReading(company, 'technology', null, CLAIM);
  await reviews.settleReading(company, 'technology', CLAIM, READING);
  await contacts.saveContacts(HOME, company.id, [dana]);
});

const calls: Calls = {
  companies: {
    getCompany: [() => companies.getCompany(OTHER, company.id).catch((error) => error), refusal],
    listPartners: [() => companies.listPartners(OTHER), []],
    findCompanyByDomain: [() => companies.findCompanyByDomain(OTHER, company.domain), null],
    listCompaniesByIds: [() => companies.listCompaniesByIds(OTHER, [company.id]), []],
    idsByDomain: [() => companies.idsByDomain(OTHER, [company.domain]), new Map()],
    listNewestDomains: [() => companies.listNewestDomains(OTHER, 3), []],
    listNamesByDomain: [() => companies.listNamesByDomain(OTHER, [company.domain]), []],
    findNamed: [() => companies.findNamed(OTHER, [company.name]), []],
    saveDecision: [() => saveDecision(theirs, null, entry), null],
    listDecisions: [() => listDecisions(OTHER, 'technology', null, 10), []],
  },
  stages: {
    saveStage: [() => stages.saveStage(theirs, STAGE), null],
    markStageDue: [() => stages.markStageDue(OTHER, company.domain, 'theirs'), undefined],
    findCompanyDue: [() => stages.findCompanyDue(OTHER, company.id), []],
    settleCompanyDue: [async () => stages.settleCompanyDue(OTHER, await stages.findCompanyDue(HOME, company.id)), undefined],
    eachDomain: [async () => (await stages.eachDomain(OTHER).next()).done, true],
    countStages: [() => stages.countStages(OTHER, {}), new Map()],
    listByStage: [() => stages.listByStage(OTHER, {}, { from: 0, count: 10 }), { companies: [], total: 0 }],
    listDecidedTypes: [() => stages.listDecidedTypes(OTHER), []],
  },
  names: {
    namesOf: [async () => (await names.namesOf(OTHER)).size, 0],
    findCompaniesByName: [() => names.findCompaniesByName(OTHER, company.name, 10), []],
    findNearNames: [() => names.findNearNames(OTHER, company.name, 10, () => true), []],
    countCompanies: [() => names.countCompanies(OTHER), 0],
    forgetNames: [async () => names.forgetNames(OTHER), undefined],
  },
  digests: {
    insertDigest: [() => digests.insertDigest({ ...digest, workspaceId: OTHER }), false],
    findDigest: [() => digests.findDigest(OTHER, digest.day, digest.round), null],
    getDigest: [() => digests.getDigest(OTHER, digest.id).catch((error) => error), refusal],
    findLatestDigest: [() => digests.findLatestDigest(OTHER), null],
    findDigestOf: [() => digests.findDigestOf(OTHER, company.id), null],
    lastPosted: [async () => (await digests.lastPosted(OTHER, AT)).size, 0],
    listPosted: [() => digests.listPosted(OTHER, new Date(0), new Date(AT.getTime() + 1)), []],
    markPosted: [() => digests.markPosted(OTHER, digest.id, AT), undefined],
  },
  programmes: {
    getProgramme: [() => programmes.getProgramme(OTHER), { company: null, digest: null, sender: null, nextDigestAt: null }],
    saveCorrection: [() => programmes.saveCorrection(OTHER, { relation: 'adopters' }, entry), { company: null }],
    saveResearchPaused: [() => programmes.saveResearchPaused(OTHER, true, entry), undefined],
    setNextResearch: [() => programmes.setNextResearch(OTHER, AT), undefined],
    setNextDigest: [() => programmes.setNextDigest(OTHER, null, AT), undefined],
    saveProgrammePart: [
      () => programmes.saveProgrammePart(OTHER, 'leaveOut', { competitors: [], customers: [], existing: [] }, null, entry),
      { company: null },
    ],
  },
  roles: {
    getRoleList: [() => roles.getRoleList(OTHER), { revision: 0, holders: [] }],
    findRole: [() => roles.findRole(OTHER, ana.userId), null],
    listRoles: [() => roles.listRoles(OTHER), []],
    saveRoles: [() => roles.saveRoles(OTHER, { revision: 5, holders: [] }, entry), false],
  },
  weights: {
    getTypeWeights: [() => weights.getTypeWeights(OTHER, 'technology'), { revision: 0, frozen: false }],
    customWeights: [() => weights.customWeights(OTHER), {}],
    saveTypeWeights: [() => weights.saveTypeWeights(OTHER, { ...technology, revision: 1 }, entry), false],
  },
  styles: {
    getStyle: [() => styles.getStyle(OTHER), { replacements: [] }],
    saveStyleChoice: [
      () => styles.saveStyleChoice(OTHER, { tone: 'warm', length: 'short', language: 'en', houseStyle: '' }, entry),
      { workspaceId: OTHER, tone: 'warm' },
    ],
    saveLetterFacts: [
      () => styles.saveLetterFacts(OTHER, 'de', { sells: 'a', customers: 'b', values: [], proof: [], mayName: [], role: '' }, entry),
      { letters: { de: { sells: 'a', customers: 'b', values: [], proof: [], mayName: [], role: '' } } },
    ],
    saveExamples: [
      () => styles.saveExamples(OTHER, [{ text: 'Dear you', language: 'en' }], entry),
      { workspaceId: OTHER, examples: [{ text: 'Dear you', language: 'en' }] },
    ],
    pushReplacement: [() => styles.pushReplacement(OTHER, { from: 'a', to: 'b' }, entry), { replacements: [{ from: 'a', to: 'b' }] }],
    pullReplacement: [() => styles.pullReplacement(OTHER, { from: 'Hello', to: 'Hi' }, entry), null],
    pushDismissed: [() => styles.pushDismissed(OTHER, { from: 'a', to: 'c' }, entry), { dismissed: [{ from: 'a', to: 'c' }] }],
  },
  posts: {
    findPost: [() => posts.findPost(OTHER, `draft:${draft.id}`), null],
    savePost: [() => posts.savePost(OTHER, `draft:${draft.id}`, AT, { channel: 'C0EVE', ts: '1.2' }), false],
    findPosts: [() => posts.findPosts(OTHER, [`draft:${draft.id}`]), new Map()],
    listPostsAbout: [() => posts.listPostsAbout(OTHER, [`draft:${draft.id}`]), []],
    keepLink: [() => posts.keepLink(OTHER, `draft:${draft.id}`, PLACE, 'https://eve.example'), undefined],
    movePosts: [() => posts.movePosts(OTHER, PLACE.channel, 'C0ELSE'), undefined],
    movePartnerPosts: [() => posts.movePartnerPosts(OTHER, 'theirs', 'another'), undefined],
    forgetPost: [() => posts.forgetPost(OTHER, `draft:${draft.id}`, PLACE), undefined],
    releasePost: [() => posts.releasePost(OTHER, `draft:${draft.id}`, AT), undefined],
    markShown: [() => posts.markShown(OTHER, `draft:${draft.id}`, AT), undefined],
    isShown: [() => posts.isShown(OTHER, `draft:${draft.id}`, new Date(0)), false],
    claimPost: [() => posts.claimPost(OTHER, `draft:${draft.id}`, AT), true],
  },
  researches: {
    insertResearch: [() => researches.insertResearch(taken, entry).catch((error) => error), false],
    getResearch: [() => researches.getResearch(OTHER, taken.id).catch((error) => error), refusal],
    claimStep: [() => researches.claimStep(taken, 0, NOT_THEIRS, AT), null],
    settleStep: [() => researches.settleStep(taken, 0, AT, NOT_THEIRS, { step: aStep('plan', 'x'), spent: NOT_THEIRS }, AT), false],
    finishStep: [() => researches.finishStep(taken, 0, 1, AT), undefined],
    endResearch: [() => researches.endResearch(taken, 'cancelled', null, 'U0EVE', AT), null],
    findRunning: [() => researches.findRunning(OTHER), null],
    listStanding: [() => researches.listStanding(OTHER, 3), []],
    listSearched: [() => researches.listSearched(OTHER, 3), []],
    isRunning: [() => researches.isRunning(taken), false],
  },
  spending: {
    spendingDay: [async () => spending.spendingDay(AT), '2026-11-23'],
    getSpending: [() => spending.getSpending(OTHER, '2026-11-23'), NOT_THEIRS],
    reserveSpending: [() => spending.reserveSpending(OTHER, '2026-11-23', NOT_THEIRS, NOT_THEIRS), true],
    correctSpending: [() => spending.correctSpending(OTHER, '2026-11-23', NOT_THEIRS, { searches: 5, tokens: 5, microUsd: 5 }), undefined],
  },
  websites: {
    findWebsite: [() => websites.findWebsite(OTHER, website.domain), null],
    saveWebsite: [() => websites.saveWebsite(OTHER, { ...website, name: 'Taken over' }), undefined],
  },
  reviews: {
    listReviews: [() => reviews.listReviews(OTHER, [company.id]), []],
    listHeard: [() => reviews.listHeard(OTHER, null), { reviews: [] }],
    listKeptOut: [() => reviews.listKeptOut(OTHER), []],
    saveRuling: [() => reviews.saveRuling(theirs, 'rival', { seen: RULING, next: null }, entry), false],
    claimReading: [() => reviews.claimReading(theirs, 'technology', CLAIM, CLAIM), false],
    unclaimReading: [() => reviews.unclaimReading(theirs, 'technology', CLAIM, null), false],
    settleReading: [() => reviews.settleReading(theirs, 'technology', CLAIM, READING), false],
    countReadings: [() => reviews.countReadings(OTHER, { type: 'technology', us: 'u', since: AT }), { total: 0, recent: 0 }],
    countReadSince: [() => reviews.countReadSince(OTHER, AT), { read: 0, objected: 0 }],
  },
  contacts: {
    listContacts: [() => contacts.listContacts(OTHER, company.id), []],
    saveContacts: [() => contacts.saveContacts(OTHER, company.id, [{ ...dana, name: 'Eve' }]), 0],
    saveAllContacts: [() => contacts.saveAllContacts(OTHER, [{ companyId: company.id, contacts: [{ ...dana, role: 'Eve' }] }]), 0],
    moveContacts: [() => contacts.moveContacts(OTHER, OTHER, [company.id]), undefined],
  },
  columnChoices: {
    findColumnChoice: [() => columnChoices.findColumnChoice(OTHER, HEADER), null],
    saveColumnChoice: [() => columnChoices.saveColumnChoice(OTHER, HEADER, { fields: ['name'], by: 'U0EVE', at: AT }), undefined],
  },
  audit: { listAudit: [() => listAudit(OTHER), []] },
};

testWalls(calls, {
  contacts,
  columnChoices,
  programmes,
  digests,
  roles,
  weights,
  styles,
  posts,
  researches,
  spending,
  websites,
  reviews,
  companies: { ...companies, saveDecision, listDecisions },
  stages,
  names,
});
