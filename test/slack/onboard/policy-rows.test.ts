import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { postDigest } from '../../../jobs/discover/post-digest.ts';
import { mailReminder } from '../../../jobs/onboard/mail-reminder.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { followPartner } from '../../../src/onboard/checklists/follow-partner.ts';
import { insertLink } from '../../../src/onboard/pages/page-link-repository.ts';
import { newSecret } from '../../../src/onboard/pages/secret.ts';
import { addNote } from '../../../src/onboard/partners/edit-partner.ts';
import { mayShow, type Place, type Shown, type Surface } from '../../../src/onboard/partners/may-show.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { insertReply } from '../../../src/recruit/replies/reply-repository.ts';
import { placeOf } from '../../../src/slack/audience.ts';
import { showOnce } from '../../../src/slack/post-once.ts';
import { EXT_QUILLMONT, GENERAL, MILO } from '../../sandbox/cast.ts';
import { jsonOf } from '../../sandbox/json.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aBrowser } from '../../support/a-page.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { aReply } from '../../support/a-reply.ts';
import { AT, ana, aWaitingDraft, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { BOT, GUEST, type In, PLACES, POLICY_CAST, READERS, type Reader, TAMARACK } from '../../support/policy-cast.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { bringCompanies, setUp } from '../../support/ready-workspace.ts';

/** The access policy through the running app: what a row shows, in which place, by which surface, to whom. Each row acts as that person acts, looks at
 *  what they then see, and compares it with what is written in the row and with `mayShow`. */
const TOBYS = { name: 'Toby Thorn', email: 'toby.thorn@tamarack.example', role: 'sales' } as const;

// The rows change nothing that another row reads, so all is set up once.
const { uri } = useMongo({ keeps: true });
let product: Product;
let ours: Partner;
let theirs: Partner;
let acceptanceId: string;
let draftId: string;
let replyId: string;
let posts = 0;
beforeAll(async () => {
  product = await startProduct(uri, { workers: false, now: () => AT, sandbox: POLICY_CAST });
  product.sandbox.answerWith('users.info', async (args, real) => {
    const answer = await real();
    const limits = args.user === GUEST ? { is_restricted: true } : args.user === BOT ? { is_bot: true } : {};
    return { ...answer, user: { ...jsonOf(answer.user), ...limits } };
  });
  await setUp(AT);
  await bringCompanies(1, AT);
  await postDigest.run({ workspaceId: HOME, day: '2026-11-23', round: 0, by: 'schedule' }, product.deps);
  ours = await aPartner();
  theirs = await aPartner(
    { name: 'Tamarack', domains: ['tamarack.example'], types: ['affiliate'], people: [TOBYS] },
    { teamIds: [TAMARACK] },
  );
  for (const partner of [ours, theirs]) await followPartner(partner, AT);
  await aDeal(ours);
  await addNote(milo, ours.id, { id: '00000000-0000-4000-8000-000000000001', text: 'They haggle.' }, AT);
  const bytes = Buffer.from('The words.');
  const { version } = await publishAgreement(ana, { title: 'Terms', types: [], fileName: null, bytes, askBy: null }, AT);
  acceptanceId = (await acceptAgreement(piaOf(ours), { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' }, AT)).acceptance.id;
  draftId = (await aWaitingDraft()).id;
  const entry = auditEntry({ workspaceId: HOME, by: 'system', at: AT, action: 'reply.receive', subject: 'company:company' });
  replyId = (await insertReply(aReply({ draftId, text: 'Who are you people?' }), 'a mail', entry)).reply.id;
});
afterAll(() => product.stop());

type Row = { object: Shown['object']; surface: Surface; place: In; reader: Reader };
type Seen = { [Reading in 'message' | 'ephemeral' | 'modal' | 'home' | 'file' | 'mail' | 'page']: (row: Row) => Promise<boolean> };

const read = (id: string, from = 0) =>
  product.sandbox
    .messages({ as: id })
    .slice(from)
    // Without their own words.
    .filter(({ userId }) => userId !== id);
const told = (id: string) => product.sandbox.messages({ as: id }).length;
const says = (given: unknown, words: string) => JSON.stringify(given ?? null).includes(words);
/** How a thing of Quillmont is recognised where it is shown. */
const MARKS: Record<string, string> = {
  candidate: 'Oakfield 1',
  draft: 'Appointment booking for clinics',
  reply: 'Who are you people?',
  note: 'They haggle.',
  partner: 'Quillmont',
  deal: 'Saltmarsh Clinics',
  checklist: 'Say which competing products',
  statement: 'deal registered',
};
const mark = ({ object }: Row) => MARKS[object] ?? 'no mark';
const OPENS: Record<string, () => { actionId: string; value: string }> = {
  draft: () => ({ actionId: ACTIONS.draftOpen, value: draftId }),
  reply: () => ({ actionId: ACTIONS.replyShow, value: `${replyId}|0` }),
  deal: () => ({ actionId: ACTIONS.dealMine, value: ours.id }),
  note: () => ({ actionId: ACTIONS.partnerOpen, value: ours.id }),
  checklist: () => ({ actionId: ACTIONS.checklistShow, value: ours.id }),
  statement: () => ({ actionId: ACTIONS.earningsShow, value: ours.id }),
};
const press = async (id: string, button: { actionId: string; value: string }) => {
  await forgedClick(product, product.sandbox.sourceOf(id), button);
  await product.settled(20_000);
};

/** What a person does to see a thing by one surface, and whether they then do. */
const SEES: Seen = {
  message: async (row) => {
    const { id } = READERS[row.reader];
    const words = `a thing ${++posts}`;
    const shown = { object: row.object, partnerId: ours.id };
    const to = { kind: 'partner-channel', channel: EXT_QUILLMONT, shown } as const;
    const target = { workspaceId: HOME, key: `row:${posts}`, to };
    const client = await product.deps.slackFor(HOME);
    await showOnce(client, target, words, async () => ({ text: words, blocks: [] })).catch(
      refusedAs('channel-unclear', 'channel-unreachable'),
    );
    return says(read(id), words);
  },
  ephemeral: async (row) => {
    const { id } = READERS[row.reader];
    const from = told(id);
    await product.sandbox.as(id).mention(EXT_QUILLMONT, row.object === 'candidate' ? 'show Oakfield 1' : 'show Quillmont');
    await product.settled(20_000);
    // A command reaches nobody of another company.
    if (READERS[row.reader].kind === 'member')
      await product.sandbox.as(id).command(GENERAL, row.object === 'candidate' ? '/partners show Oakfield 1' : '/partners show Quillmont');
    await product.settled(20_000);
    return says(read(id, from), mark(row));
  },
  modal: async (row) => {
    const { id } = READERS[row.reader];
    const opens = OPENS[row.object];
    if (!opens) throw new Error('no button opens that');
    await press(id, opens());
    return says(product.sandbox.modal(id)?.blocks, mark(row));
  },
  home: async (row) => {
    const { id } = READERS[row.reader];
    await product.sandbox.as(id).openHome();
    await product.settled(20_000);
    return says(product.sandbox.home(id)?.blocks, mark(row));
  },
  file: async (row) => {
    const { id } = READERS[row.reader];
    const from = told(id);
    await press(id, { actionId: ACTIONS.agreementCopy, value: acceptanceId });
    const file = read(id, from).flatMap(({ files }) => files)[0];
    return file !== undefined && (await product.sandbox.download(id, file.id)) !== null;
  },
  // Addressed to each, as if they were the partner's person whom it is meant for.
  mail: async (row) => {
    const { id, email } = contactOf(row.reader);
    const from = product.sandbox.mail.length;
    const steps = [{ title: mark(row), dueOn: '2026-11-30', late: 0 }];
    await mailReminder.run({ workspaceId: HOME, partnerId: ours.id, contactId: id, key: randomUUID(), steps }, product.deps);
    return product.sandbox.mail.slice(from).some(({ to, text }) => to.includes(email) && text.includes(mark(row)));
  },
  page: async (row) => {
    const partner = row.reader === 'another partner' ? theirs : ours;
    const { secret, hash } = newSecret();
    const { id: contactId } = contactOf(row.reader);
    await insertLink(
      hash,
      { workspaceId: HOME, partnerId: partner.id, contactId },
      { by: MILO, createdAt: AT, expiresAt: new Date(AT.getTime() + 60_000) },
    );
    const browser = aBrowser(product);
    await browser.post(`/page/link/${secret}`);
    return (await browser.get('/page/deals')).text.includes(mark(row));
  },
};

/** Who a person is to the product outside Slack: one of a partner's people, or nobody of them. */
function contactOf(name: Reader): { id: string; email: string } {
  const { id, kind } = READERS[name];
  const [person] = (name === 'another partner' ? theirs : ours).people;
  const address = POLICY_CAST.people.find((one) => one.id === id)?.email ?? 'nobody';
  return kind === 'partner' && person ? person : { id, email: address };
}

function refusedAs(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Error) || !('code' in error) || !codes.includes(String(error.code))) throw error;
  };
}

/** `sees` and `misses`: who of the readers is shown the thing and who is not, as a person would write it down. */
type Line = { object: Shown['object']; surface: keyof Seen; place?: In; sees?: Reader[]; misses?: Reader[] };
const OUTSIDERS: Reader[] = ['guest', 'another partner', 'stranger', 'bot'];
const LINES: Line[] = [
  { object: 'candidate', surface: 'message', place: 'internal private', sees: ['manager'] },
  { object: 'deal', surface: 'message', place: 'internal public', sees: ['member'] },
  ...(['deal', 'checklist', 'statement', 'asset', 'partner'] as const).map(
    (object): Line => ({ object, surface: 'message', place: 'with this partner', sees: ['this partner'] }),
  ),
  ...(['candidate', 'draft', 'reply', 'note'] as const).map(
    (object): Line => ({ object, surface: 'message', place: 'with this partner', misses: ['this partner'] }),
  ),
  { object: 'deal', surface: 'message', place: 'with another', misses: ['manager', 'another partner'] },
  { object: 'checklist', surface: 'message', place: 'with two', misses: ['this partner', 'another partner'] },
  { object: 'asset', surface: 'message', place: 'with a company that is none', misses: ['this partner', 'stranger'] },
  { object: 'deal', surface: 'message', place: 'archived', misses: ['admin', 'this partner'] },
  { object: 'statement', surface: 'message', place: 'unknown', misses: ['member', 'this partner'] },
  { object: 'candidate', surface: 'ephemeral', sees: ['manager'], misses: ['this partner', 'guest'] },
  { object: 'note', surface: 'ephemeral', sees: ['manager'], misses: ['this partner', 'stranger'] },
  { object: 'draft', surface: 'modal', sees: ['manager'], misses: ['this partner'] },
  { object: 'reply', surface: 'modal', sees: ['manager'], misses: ['this partner', 'bot'] },
  { object: 'note', surface: 'modal', sees: ['member'], misses: ['this partner'] },
  { object: 'deal', surface: 'modal', sees: ['this partner'], misses: ['another partner', 'stranger'] },
  { object: 'checklist', surface: 'modal', sees: ['this partner'], misses: OUTSIDERS },
  { object: 'statement', surface: 'modal', sees: ['this partner'], misses: ['another partner', 'guest'] },
  { object: 'candidate', surface: 'home', sees: ['member'], misses: ['this partner', 'guest'] },
  { object: 'partner', surface: 'home', sees: ['this partner'], misses: ['another partner', 'stranger'] },
  { object: 'asset', surface: 'file', sees: ['member', 'this partner'], misses: ['another partner', 'guest'] },
  { object: 'checklist', surface: 'mail', sees: ['this partner'], misses: ['another partner', 'member'] },
  { object: 'deal', surface: 'page', sees: ['this partner'], misses: ['member', 'another partner'] },
];
const ROWS = LINES.flatMap(({ sees = [], misses = [], place = 'with this partner', ...thing }) =>
  [...sees, ...misses].map((reader) => ({ ...thing, place, reader, visible: sees.includes(reader) })),
);

test.each(ROWS)('$object, $surface, $place, $reader: $visible', async ({ visible, ...row }) => {
  const { sandbox } = product;
  const { id, kind } = READERS[row.reader];
  for (let view = sandbox.modal(id); view; view = sandbox.modal(id)) await sandbox.as(id).close(view);
  const { said, place } = PLACES[row.place];
  sandbox.answerWith('conversations.info', async (args, real) => {
    if (args.channel !== EXT_QUILLMONT) return real();
    const answer = await real();
    return said ? { ...answer, channel: { ...jsonOf(answer.channel), ...said } } : { ok: false, error: 'channel_not_found' };
  });
  const where = place({ ours: ours.id, theirs: theirs.id });
  const asRead = await placeOf(await product.deps.slackFor(HOME), HOME, EXT_QUILLMONT).catch((): Place => ({ kind: 'unclear' }));
  expect(asRead).toEqual(where);
  // The file goes to the direct messages of whoever asks, whom nobody but the bot reads along with.
  const partnerId = row.reader === 'another partner' ? theirs.id : ours.id;
  const directly: Place = kind === 'partner' ? { kind: 'shared', partnerIds: [partnerId], others: false } : { kind: 'internal' };
  const reader = kind === 'partner' ? { kind, partnerId } : { kind };
  const shown = { object: row.object, partnerId: ours.id };
  expect(mayShow(shown, { reader, place: row.surface === 'file' ? directly : where, surface: row.surface })).toBe(visible);
  expect(await SEES[row.surface](row)).toBe(visible);
});
