import mongoose from 'mongoose';
import { emailHashOf, UNSAID } from '../../src/measure/conversions/conversion.ts';
import { migrate } from '../../src/programme/migrations/migrate.ts';
import { contentsOf, storedDocuments } from './stored-data.ts';

/** Whose data is planted, and what tells it again. */
export const OMAR = { name: 'Omar Haddad', email: 'omar@peatworks.example' } as const;
/** The workspace of the stored data, and another that keeps the very same. */
export const OURS = 'T0LARKSPUR';
export const THEIRS = 'T0ELSEWHERE';

const { EJSON } = mongoose.mongo.BSON;
const db = () => mongoose.connection.getClient().db(mongoose.connection.name);

/** Ids, codes and what is checked when it is read: nothing a person types goes there. */
const NO_TEXT =
  /^(_id|id|\w+Id|by|\w+By|action|subject|workspaceId|domain|website|email|address|kind|code|status|hash|key|mailbox|day|reason|via|type|field|because|rule|version|language|writer|tone|length|basis|recipient|country|matchedBy|channel|ts|timeZone|botToken|name|missing|to|next|problem|why|validity|relation|area|near|group|how|post|state|sizeBand|reading|part|tags|areas|legalBasis|partnerTypes|references|taken|optOutToken|learnedFrom|postalAddress|regions)$/;

/** Collections in which nobody outside is named. */
export const NOBODY = [
  'agreements', // our own terms
  'commission_plans', // our own rules
  'courses', // our own words
  'course-files',
  'crm_syncs', // how far a CRM was read, ids in Slack
  'deal-claims', // hashes
  'deal-rules', // our own words
  'column-choices', // hashes of titles
  'link-rules', // our own settings
  'link_clicks', // ids that nobody can be told by
  'link_days', // how many
  'goals', // ids of partners, and sums
  'ledger', // sums, under ids of sales and partners
  'mailboxes', // our own
  'measure-rules', // our own figures
  'page-links', // hashes, ids of contacts
  'page-sessions', // the same
  'partner-mails', // ids of contacts, and what became of a mail
  'payout_lines', // ids of what the ledger holds
  'payouts', // sums, under ids of sales and partners, and our own words
  'posts', // ids and places in Slack
  'rates', // what banks publish
  'research-spending',
  'roles',
  'schemaversions',
  'send-slots', // our own mailbox, ids of approvals
  'taken-events',
  'revenue_rollups', // sums, by ids of partners and names of products
  'sale_credits', // ids of sales and partners, and sums
  'weights',
  'workspaces',
];

/** Stored data of every kind, of which Omar is the person at Peatworks; his address and his name stand in every text besides. */
export async function plant(): Promise<void> {
  const files = storedDocuments('outreach');
  for (const [collection, documents] of files) {
    const ours = documents.map((one) => EJSON.parse(renamed(EJSON.stringify(one, { relaxed: false }))) as { _id: unknown }); // as it was read
    await db().collection<{ _id: unknown }>(collection).insertMany(ours);
  }
  await migrate(db());
  const models = Object.values(mongoose.models).filter(({ collection }) => !['suppressions', ...NOBODY].includes(collection.name));
  for (const model of models) {
    for (const one of await model.collection.find({}).toArray()) {
      const stuffed = Object.fromEntries(Object.entries(one).map(([key, value]) => [key, NO_TEXT.test(key) ? value : withOmar(value)]));
      await model.collection.replaceOne({ _id: one._id }, stuffed);
    }
  }
  const toOmar = await db().collection('drafts').findOne({ 'contact.email': OMAR.email, status: 'sent' });
  const mail = new mongoose.mongo.Binary(Buffer.from(`To: ${OMAR.name} <${OMAR.email}>`));
  await db()
    .collection('sent-bytes')
    .updateOne({ draftId: String(toOmar?._id) }, { $set: { bytes: mail } });
  const contact = { workspaceId: OURS, role: 'Buyer', country: 'GB', source: { kind: 'typed', by: 'U0ANA' }, at: new Date() };
  const [company] = await db().collection('companies').find({ domain: 'peatworks.example' }).toArray();
  const companyId = String(company?._id);
  const phrase = { field: 'description', words: `led by ${OMAR.name}, ${OMAR.email}` };
  const said = { ruling: null, claim: null, reading: { key: 'k', us: 'u', verdict: 'wrong-role', other: null, phrase, at: new Date() } };
  const about = { workspaceId: OURS, about: 'technology', ...said };
  await db()
    .collection<{ _id: string; companyId: string; domain: string }>('reviews')
    .insertMany([
      { _id: `${OURS}:${companyId}:technology`, companyId, domain: 'peatworks.example', ...about },
      { _id: `${OURS}:another:technology`, companyId: 'another', domain: 'brindle.example', ...about },
    ]);
  await plantPartner(companyId);
  await plantDeal();
  await plantCrm();
  await plantLearner();
  await plantInvitations();
  await db()
    .collection('contacts')
    .insertMany([
      { ...contact, ...OMAR, companyId },
      { ...contact, name: 'Lena Fox', email: 'lena@peatworks.example', role: `reports to ${OMAR.name}`, companyId },
      { ...contact, name: OMAR.name, email: 'omar@elsewhere.example', companyId: 'another' },
    ]);
}

/** A partner at another company, where he is a person, in a note and a word of the record. */
async function plantPartner(companyId: string): Promise<void> {
  const at = new Date();
  const person = { id: 'p1', ...OMAR, role: 'sales', slack: null, leftAt: null };
  const partner = {
    ...{ workspaceId: OURS, name: 'Brindle', nameKey: 'brindle', domains: ['brindle.example'], aliases: [], types: ['agency'], tier: '' },
    ...{ status: 'ended', statusAt: at, countries: [], owner: 'U0ANA', people: [person], teamIds: [], channel: null, companyId },
    ...{ notes: [{ id: 'n1', text: `Ask ${OMAR.name}, ${OMAR.email}`, by: 'U0ANA', at }], firstRegistrationAt: null },
    ...{ endedBecause: `${OMAR.email} asked for it`, createdBy: 'U0ANA', createdAt: at, rev: 1 },
  };
  const { insertedId } = await db().collection('partners').insertOne(partner);
  await plantChecklist(String(insertedId), at);
}

/** The checklist of that partner and the steps of its type, which name him. */
async function plantChecklist(partnerId: string, at: Date): Promise<void> {
  const step = { id: 's1', title: `Call ${OMAR.name}, ${OMAR.email}`, side: 'ours', dueDays: 3, evidence: 'file', dependsOn: [] };
  const proof = { fileId: 'F1', name: `Offer of ${OMAR.email}`, size: 9 };
  const done = { ...step, state: 'done', by: 'U0ANA', at, proof, readyAt: at, dueOn: '2026-11-26', escalatedAt: null };
  const stood = { startedAt: at, firstDue: null, stoppedAt: null, changedAt: at, rev: 1 };
  await db()
    .collection('checklists')
    .insertOne({ workspaceId: OURS, partnerId, steps: [done], ...stood });
  await db()
    .collection('checklist_templates')
    .insertOne({ workspaceId: OURS, type: 'agency', steps: [step], rev: 1 });
}

/** One that went to him, and one that he accepted in another's place. */
async function plantInvitations(): Promise<void> {
  const sent = { state: 'sent', stateAt: new Date(), open: true, channel: 'C1', newChannel: null, postOnly: false, inviteId: 'I1' };
  const blank = { triedAt: null, teamsBefore: [], approvedBy: [], reason: '', by: 'U0ANA', createdAt: new Date(), rev: 1 };
  const accepter = { userId: 'U0OMAR', teamId: 'T0PEAT', ...OMAR };
  await db()
    .collection('invitations')
    .insertMany([
      { workspaceId: OURS, partnerId: 'peatworks', email: OMAR.email, acceptedBy: null, ...sent, ...blank },
      { workspaceId: OURS, partnerId: 'brindle', email: 'lena@brindle.example', acceptedBy: accepter, ...sent, ...blank },
    ]);
}

/** A partner's claim on another customer, where he is the one they talk to. */
async function plantDeal(): Promise<void> {
  const at = new Date();
  const deal = {
    ...{ _id: 'deal-1', workspaceId: OURS, partnerId: 'p-brindle', by: 'U0ANA', byName: '', createdAt: at, status: 'submitted' },
    ...{ company: 'Saltmarsh', domain: 'saltmarsh.example', country: 'GB', value: { minor: 1, currency: 'EUR' }, closeOn: '2027-01-01' },
    ...{ note: `Ask ${OMAR.name}, ${OMAR.email}`, submittedAt: at, announcedAt: at },
  };
  await db().collection<{ _id: string }>('deals').insertOne(deal);
}

const TOUCHED = {
  workspaceId: OURS,
  saleId: 'crm:d2',
  partnerId: 'p-brindle',
  type: 'demo',
  role: 'influence',
  by: 'U0ANA',
  lateOverride: null,
};
const SOLD = { dealId: null, opportunityId: null, state: 'open', closedAt: null, partners: [], rev: 1 };

/** What the CRM says of his company and of another that talks to him; he owns both there. */
async function plantCrm(): Promise<void> {
  const at = new Date();
  const whose = (id: string) => ({
    _id: `${OURS}:hubspot:${id}`,
    workspaceId: OURS,
    source: 'hubspot',
    sourceId: id,
    changedAt: at,
    deletedAt: null,
  });
  const none = { aliases: [], country: null, city: null, ownerId: 'o1', lastActivityAt: null, keys: [] };
  const account = (id: string, domain: string) => ({
    ...{ ...whose(id), ...none, name: `Where ${OMAR.email} is`, domains: [domain], isCustomer: false, isNamed: false },
  });
  const opportunity = (id: string, domain: string) => ({
    ...{
      ...whose(id),
      ...none,
      name: `Ask ${OMAR.name}, ${OMAR.email}`,
      domains: [domain],
      accountId: null,
      accountName: domain,
      stage: 'Open',
    },
    ...{ state: 'open', value: null, createdAt: at, closeOn: null, closedAt: null, partnerDealId: null },
  });
  const written = { name: `Sale to ${OMAR.email}` };
  const push = { dealId: 'deal-1', source: 'hubspot', opportunityId: 'd2', hash: '', written, conflicts: [], problem: null, at };
  const put = (name: string, ...rows: { _id: string }[]) => db().collection<{ _id: string }>(name).insertMany(rows);
  await put('crm_owners', { ...whose('o1'), ...OMAR, slackUserId: null } as { _id: string });
  await put('crm_accounts', account('a1', 'peatworks.example'), account('a2', 'brindle.example'));
  await put('crm_opportunities', opportunity('d1', 'peatworks.example'), opportunity('d2', 'brindle.example'));
  const sale = (id: string, domain: string) => ({
    ...{ ...SOLD, _id: `${OURS}|${id}`, id, workspaceId: OURS, customer: `Where ${OMAR.email} is`, domain, createdAt: at },
  });
  await put('touches', { _id: `${OURS}|t1`, ...TOUCHED, source: 't1', evidence: `${OMAR.email} said so`, at, recordedAt: at } as {
    _id: string;
  });
  await put('sales', sale('crm:d1', 'peatworks.example'), sale('crm:d2', 'brindle.example'));
  const conversion = (id: string, domain: string) => ({
    ...{
      ...UNSAID,
      _id: `${OURS}|${id}`,
      id,
      workspaceId: OURS,
      kind: 'lead',
      at,
      customer: id,
      receivedAt: at,
      state: 'counted',
      due: null,
    },
    ...{ company: `Where ${OMAR.email} is`, domain, emailHash: null },
  });
  const his = { ...conversion('c3', 'brindle.example'), domain: null, emailHash: emailHashOf(OMAR.email) };
  await put('conversions', conversion('c1', 'peatworks.example'), conversion('c2', 'brindle.example'), his);
  const link = { partnerId: 'p-brindle', campaign: `For ${OMAR.email}`, target: 'https://larkspur.example', by: 'U0ANA', at };
  await put('links', { _id: 'brindle', workspaceId: OURS, personId: null, coupon: null, endedAt: null, ...link } as { _id: string });
  await put('crm_pushes', { _id: `${OURS}:deal-1`, workspaceId: OURS, ...push } as { _id: string });
}

/** He accepted the agreement for Brindle, and took a course. */
async function plantLearner(): Promise<void> {
  const at = new Date();
  const who = { workspaceId: OURS, partnerId: 'p-brindle', companyId: 'another', userId: 'contact:p1', email: OMAR.email };
  const acceptance = {
    ...{ ...who, versionId: 'v1', number: 1, title: 'Terms', hash: 'h', partnerName: 'Brindle', ourName: 'Larkspur', name: OMAR.name },
    ...{ jobTitle: `Write to ${OMAR.email}`, teamId: '', at, filedAt: at },
  };
  await db().collection('acceptances').insertOne(acceptance);
  const certificate = { id: 'c1', courseTitle: 'Basics', name: OMAR.name, right: 1, total: 1, at, until: null };
  const attempt = { ...who, courseId: 'basics', readUnits: [], tries: [], certificates: [certificate], rev: 1 };
  await db().collection('attempts').insertOne(attempt);
}

/** The same in another workspace, to see that it stays; under ids of its own. */
export async function plantElsewhere(): Promise<string[]> {
  const kept: string[] = [];
  for (const name of ['contacts', 'audit', 'opt-out-links', 'replies', 'drafts']) {
    for (const one of await db().collection<{ _id: unknown }>(name).find({ workspaceId: OURS }).toArray()) {
      const copy = { ...one, _id: `elsewhere ${String(one._id)}`, workspaceId: THEIRS };
      await db().collection<{ _id: unknown }>(name).insertOne(copy);
      kept.push(EJSON.stringify(copy));
    }
  }
  return kept.sort();
}

export async function storedElsewhere(): Promise<string[]> {
  const all = await Promise.all(
    ['contacts', 'audit', 'opt-out-links', 'replies', 'drafts'].map((name) =>
      db().collection(name).find({ workspaceId: THEIRS }).toArray(),
    ),
  );
  return all
    .flat()
    .map((one) => EJSON.stringify(one))
    .sort();
}

/** Stored lines that still hold one of these words, whatever collection they are in; mails as they left, too. */
export async function linesWith(words: readonly string[], workspaceId = OURS): Promise<string[]> {
  const lines = Object.entries(await contentsOf(db())).flatMap(([collection, rows]) => rows.map((row) => `${collection} ${row}`));
  const open = lines.map((line) => line.replace(/"base64":"([^"]*)"/g, (_all, bytes: string) => Buffer.from(bytes, 'base64').toString()));
  return open.filter((line) => line.includes(workspaceId) && words.some((word) => line.toLowerCase().includes(word.toLowerCase())));
}

function renamed(line: string): string {
  if (!/(dana|rory)@peatworks\.example/.test(line)) return line;
  return line.replaceAll(/(dana|rory)@peatworks\.example/g, OMAR.email).replaceAll(/Dana Reed|Rory Finch/g, OMAR.name);
}

function withOmar(value: unknown): unknown {
  if (typeof value === 'string') return `${value} Ask ${OMAR.name} (mailto:${OMAR.email}), or <${OMAR.email.toUpperCase()}>.`;
  if (Array.isArray(value)) return value.map(withOmar);
  if (Object.prototype.toString.call(value) !== '[object Object]' || Object(value)._bsontype) return value;
  return Object.fromEntries(Object.entries(Object(value)).map(([key, one]) => [key, NO_TEXT.test(key) ? one : withOmar(one)]));
}
