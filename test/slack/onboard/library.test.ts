import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS, VIEWS } from '../../../blocks/ids.ts';
import { askAgreement } from '../../../jobs/onboard/ask-agreement.ts';
import { sweepAgreements } from '../../../jobs/onboard/sweep-agreements.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { listAllAcceptances } from '../../../src/onboard/agreements/acceptance-repository.ts';
import { listVersions } from '../../../src/onboard/agreements/agreement-repository.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { takeOverExample } from '../../../src/onboard/training/change-course.ts';
import { getCourse, listCourses } from '../../../src/onboard/training/course-repository.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import type { SandboxView } from '../../sandbox/contract.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { ana, aProgramme, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let now = new Date('2026-11-23T12:00:00Z');
let product: Product;
let partner: Partner;
/** Messages that were there when the test began: the sandbox keeps those of the tests before. */
let before = new Set<string>();
const nameOf = ({ channel, ts }: { channel: string; ts: string }) => `${channel} ${ts}`;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => now });
});
afterAll(() => product.stop());
beforeEach(async () => {
  now = new Date('2026-11-23T12:00:00Z');
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
  partner = await aPartner();
  before = new Set([PIA, MILO, MIA].flatMap((person) => product.sandbox.messages({ as: person }).map(nameOf)));
});
afterEach(() => {
  product.sandbox.answerWith('files.completeUploadExternal', null);
  product.deps.publicUrl = product.url;
});

const words = (given: unknown) => JSON.stringify(given);
const messages = (person: string, channel: string) =>
  product.sandbox.messages({ as: person, channel }).filter((one) => !before.has(nameOf(one)));
/** The modal of a person, once it says this. */
const modal = (person: string, says: string) =>
  product.sandbox.waitFor(() => {
    const view = product.sandbox.modal(person);
    return view && words(view.blocks).includes(says) ? view : null;
  }, 20_000);
const message = (person: string, channel: string, says: string) =>
  product.sandbox.waitFor(() => messages(person, channel).find((one) => words([one.text, one.blocks]).includes(says)), 20_000);
const file = (person: string, channel: string, name: string) =>
  product.sandbox.waitFor(
    () =>
      messages(person, channel)
        .flatMap(({ files }) => files)
        .find((one) => one.name.startsWith(name)),
    20_000,
  );
const click = (person: string, view: SandboxView, action: string, value?: string) =>
  product.sandbox.as(person).click(view, action, value === undefined ? {} : { value });

/** *Library* on the pinned message. */
async function openLibrary(person = PIA) {
  await forgedClick(product, product.sandbox.sourceOf(person), { actionId: ACTIONS.libraryShow, value: partner.id });
}
const publish = (text: string, askBy: Date | null = null) =>
  publishAgreement(ana, { title: 'Partner agreement', types: [], fileName: null, bytes: Buffer.from(text), askBy }, now);

const ACCEPTED = { name: 'Pia Pine', jobTitle: 'Head of Sales', may: ['may-accept'] };

describe('the agreement', () => {
  test('an admin publishes it; Pia reads it page by page and accepts; the copy is filed in the channel and handed out', async () => {
    const { sandbox } = product;
    await sandbox.as(ANA).command(GENERAL, '/partners agreement');
    await click(ANA, await modal(ANA, 'There is no agreement yet'), ACTIONS.agreementNew);
    const form = await sandbox.waitFor(() => {
      const view = sandbox.modal(ANA);
      return view?.callback_id === VIEWS.agreementPublish ? view : null;
    });
    const lines = `${'We agree on many things.\n'.repeat(800)}The last line.`;
    const uploaded = await sandbox.as(ANA).upload('terms.md', Buffer.from(lines));
    expect(await sandbox.as(ANA).submit(form, { title: 'Partner agreement' })).toMatchObject({ errors: { text: expect.any(String) } });
    await sandbox.as(ANA).submit(form, { title: 'Partner agreement', file: [uploaded] });
    await modal(ANA, 'v1 · Partner agreement');

    await openLibrary();
    await click(PIA, await modal(PIA, 'Waits for you'), ACTIONS.agreementRead);
    const first = await modal(PIA, 'Page 1 of 3');
    expect(first.callback_id).not.toBe(VIEWS.agreementAccept);
    const turn = (page: number) => words({ versionId: (JSON.parse(turnValue(first)) as { versionId: string }).versionId, page }); // as we made it
    await click(PIA, first, ACTIONS.agreementRead, turn(1));
    await click(PIA, await modal(PIA, 'Page 2 of 3'), ACTIONS.agreementRead, turn(2));
    const last = await modal(PIA, 'The last line.');
    await sandbox.as(PIA).submit(last, { ...ACCEPTED, may: [] });
    expect(await listAllAcceptances(HOME)).toEqual([]);
    await sandbox.as(PIA).submit(await modal(PIA, 'The last line.'), ACCEPTED);
    const library = await modal(PIA, 'Accepted by Pia Pine');

    await message(PIA, EXT_QUILLMONT, 'was accepted by Pia Pine, Head of Sales');
    const filed = await file(PIA, EXT_QUILLMONT, 'agreement-1-');
    expect((await sandbox.download(PIA, filed.id))?.subarray(0, 5).toString()).toBe('%PDF-');
    await click(PIA, library, ACTIONS.agreementCopy);
    await file(PIA, sandbox.dmWith(PIA), 'agreement-1-');
    expect(await listAllAcceptances(HOME)).toMatchObject([{ userId: PIA, filedAt: expect.any(Date) }]);
  });

  test('replaced while Pia reads: nothing is accepted, and the new one is shown with the reason', async () => {
    await publish('The first words.');
    await openLibrary();
    await click(PIA, await modal(PIA, 'Waits for you'), ACTIONS.agreementRead);
    const old = await modal(PIA, 'The first words.');
    await publish('The second words.');
    await product.sandbox.as(PIA).submit(old, ACCEPTED);
    const shown = await modal(PIA, 'The second words.');
    expect(words(shown.blocks)).toContain('A newer version has taken the place');
    expect(await listAllAcceptances(HOME)).toEqual([]);
    await product.sandbox.as(PIA).submit(shown, ACCEPTED);
    await modal(PIA, 'Accepted by Pia Pine');
    expect(await listAllAcceptances(HOME)).toMatchObject([{ number: 2 }]);
  });

  test('a new version with a day: asked once in the channel, the owner is told; a week before it again; accepted, the message says so', async () => {
    const { sandbox } = product;
    const { version } = await publish('The words.', new Date('2026-12-23T12:00:00Z'));
    const askAll = () => askAgreement.run({ workspaceId: HOME, versionId: version.id }, product.deps);
    await askAll();
    await askAll();
    const asks = () => messages(PIA, EXT_QUILLMONT).filter((one) => words(one.blocks).includes('Read and Accept'));
    expect(asks()).toHaveLength(1);
    const notes = () => messages(MILO, sandbox.dmWith(MILO)).filter(({ text }) => text.includes('Quillmont'));
    expect(notes()).toHaveLength(1);
    now = new Date('2026-12-17T12:00:00Z');
    await sweepAgreements.run({}, product.deps);
    await sandbox.waitFor(() => notes().length === 2 || null, 20_000);
    await askAll();
    expect(asks()).toHaveLength(1);
    expect(words(asks())).toContain('A reminder');
    expect(notes()).toHaveLength(2);
    const [ask] = asks();
    if (!ask) throw new Error('nobody was asked');
    await sandbox.as(PIA).click(ask, ACTIONS.agreementRead);
    await sandbox.as(PIA).submit(await modal(PIA, 'The words.'), ACCEPTED);
    await message(PIA, EXT_QUILLMONT, 'The copy of it.');
    expect(asks()).toEqual([]);
  });

  test('before there is one, the library says so; the first one is announced in the channel without a day, once', async () => {
    await openLibrary();
    await modal(PIA, 'There is none yet. You hear of it in your channel');
    const { version } = await publish('The words.');
    const asks = () => messages(PIA, EXT_QUILLMONT).filter((one) => words(one.blocks).includes('Read and Accept'));
    const notes = () => messages(MILO, product.sandbox.dmWith(MILO)).filter(({ text }) => text.includes('is published'));
    await sweepAgreements.run({}, product.deps);
    await product.sandbox.waitFor(() => notes().length === 1 || null, 20_000);
    await askAgreement.run({ workspaceId: HOME, versionId: version.id }, product.deps);
    expect(asks()).toHaveLength(1);
    expect(words(asks())).toContain('There is an agreement for you, *Partner agreement*. Please read and accept it.');
    expect(notes()).toHaveLength(1);
    expect(notes()[0]?.text).toContain('to accept it:');
    // Whoever has accepted one is not asked for a newer one without a day.
    const accepter = { versionId: version.id, name: 'Pia Pine', jobTitle: 'Sales' };
    await acceptAgreement(piaOf(partner), accepter, now);
    const newer = await publish('Other words.');
    await askAgreement.run({ workspaceId: HOME, versionId: newer.version.id }, product.deps);
    expect(asks()).toHaveLength(1);
  });

  test('where Slack takes no file and the app has no address for a link, the record with its button stands all the same', async () => {
    const { sandbox, deps } = product;
    deps.publicUrl = null;
    sandbox.answerWith('files.completeUploadExternal', () => ({ ok: false, error: 'internal_error' }));
    await publish('The words.');
    await openLibrary();
    await click(PIA, await modal(PIA, 'Waits for you'), ACTIONS.agreementRead);
    await sandbox.as(PIA).submit(await modal(PIA, 'The words.'), ACCEPTED);
    const record = await message(PIA, EXT_QUILLMONT, 'Agreement PDF');
    await sandbox.as(PIA).click(record, ACTIONS.agreementCopy);
    await modal(PIA, 'Slack did not take the file');
    sandbox.answerWith('files.completeUploadExternal', null);
    await sandbox.as(PIA).click(record, ACTIONS.agreementCopy);
    await file(PIA, sandbox.dmWith(PIA), 'agreement-1-');
  });
});

test('the partner’s card says what was accepted and who is certified, and hands it out', async () => {
  const { sandbox } = product;
  const { version } = await publish('The words.');
  await sandbox.as(MIA).command(GENERAL, '/partners show Quillmont');
  await message(MIA, GENERAL, 'v1 · Partner agreement, not accepted yet');
  await acceptAgreement(piaOf(partner), { versionId: version.id, name: 'Pia Pine', jobTitle: 'Head of Sales' }, now);
  await sandbox.as(MIA).command(GENERAL, '/partners show Quillmont');
  const card = await message(MIA, GENERAL, 'accepted by Pia Pine');
  await sandbox.as(MIA).click(card, ACTIONS.agreementCopy);
  await file(MIA, sandbox.dmWith(MIA), 'agreement-1-');
  await sandbox.as(MIA).click(card, ACTIONS.papersShow);
  expect(words((await modal(MIA, 'Accepted by Pia Pine')).blocks)).toContain('Nobody has one yet');
});

describe('training', () => {
  test('Pia reads, fails, hears only what was wrong, passes, and has a certificate', async () => {
    const { sandbox } = product;
    const course = await takeOverExample(milo, now);
    await openLibrary();
    await click(PIA, await modal(PIA, 'How to register a deal'), ACTIONS.courseTake);
    const place = (unit: number) => words({ courseId: course.id, unit });
    await click(PIA, await modal(PIA, 'part 1 of 3'), ACTIONS.courseTake, place(1));
    await click(PIA, await modal(PIA, 'part 2 of 3'), ACTIONS.courseTake, place(2));
    await click(PIA, await modal(PIA, 'part 3 of 3'), ACTIONS.courseQuiz);
    const answers = (right: number) =>
      Object.fromEntries(
        course.questions.map((one, n) => [`answer-${one.id}`, String(n < right ? one.right : (one.right + 1) % one.answers.length)]),
      );
    await sandbox.as(PIA).submit(await modal(PIA, 'must be right'), { name: 'Pia Pine', ...answers(2) });
    const failed = await modal(PIA, 'Not passed this time');
    expect(words(failed.blocks).match(/:x:/g)).toHaveLength(2);
    for (const { answers: given } of course.questions) for (const one of given) expect(words(failed.blocks)).not.toContain(one);
    await click(PIA, failed, ACTIONS.courseQuiz);
    await sandbox.as(PIA).submit(await modal(PIA, 'must be right'), { name: 'Pia Pine', ...answers(3) });
    const passed = await modal(PIA, 'The certificate is yours');
    expect(words(passed.blocks)).toContain('Whoever registered it first');
    await click(PIA, passed, ACTIONS.certificateCopy);
    await file(PIA, sandbox.dmWith(PIA), 'certificate-2026-11-23');
    await openLibrary();
    await modal(PIA, 'Passed, valid until');
  });

  test('a manager writes a course in modals: settings, a part, a question, open to partners', async () => {
    const { sandbox } = product;
    await sandbox.as(MILO).command(GENERAL, '/partners training');
    await click(MILO, await modal(MILO, 'There is no training yet'), ACTIONS.trainingNew);
    const form = (id: string) =>
      sandbox.waitFor(() => {
        const view = sandbox.modal(MILO);
        return view?.callback_id === id ? view : null;
      });
    await sandbox.as(MILO).submit(await form(VIEWS.trainingCourse), { title: 'Prices', passMark: '100' });
    await click(MILO, await modal(MILO, '100 % must be right'), ACTIONS.trainingUnit);
    const unit = await form(VIEWS.trainingUnit);
    expect(await sandbox.as(MILO).submit(unit, { title: 'A film', kind: 'video', url: 'javascript:alert(1)' })).toMatchObject({
      errors: { url: expect.stringContaining('https://') },
    });
    await sandbox.as(MILO).submit(unit, { title: 'A film', kind: 'video', url: 'https://video.example/1' });
    await click(MILO, await modal(MILO, 'Part 1: A film'), ACTIONS.trainingQuestion);
    const question = { words: 'Who sets the price?', right: 'You do' };
    const open = await form(VIEWS.trainingQuestion);
    expect(await sandbox.as(MILO).submit(open, { ...question, wrong: 'You do\nWe do' })).toMatchObject({
      errors: { wrong: expect.any(String) },
    });
    await sandbox.as(MILO).submit(open, { ...question, wrong: 'We do\nNobody' });
    await click(MILO, await modal(MILO, 'Who sets the price?'), ACTIONS.trainingSwitch);
    await modal(MILO, 'Partners see it.');
    const [course] = await listCourses(HOME);
    expect(course).toMatchObject({
      title: 'Prices',
      isOpen: true,
      passMark: 100,
      units: [{ kind: 'video' }],
      questions: [{ right: expect.any(Number) }],
    });
    expect((await getCourse(HOME, course?.id ?? '')).questions[0]?.answers.sort()).toEqual(['Nobody', 'We do', 'You do']);
  });
});

describe('who is not asked', () => {
  test('a colleague who presses Library is told whose it is; only admins open agreements, only managers training', async () => {
    await openLibrary(MIA);
    await modal(MIA, 'This is for the partner’s own people');
    await product.sandbox.as(MILO).command(GENERAL, '/partners agreement');
    await modal(MILO, 'You need the role *admin*');
    await product.sandbox.as(MIA).command(GENERAL, '/partners training');
    await modal(MIA, 'You need the role *manager*');
  });

  test('Pia, pressing what is for the team, is refused and learns nothing', async () => {
    const { version } = await publish('The words.');
    const { sandbox } = product;
    for (const [actionId, value] of [
      [ACTIONS.agreementWho, version.id],
      [ACTIONS.agreementNew, 'new'],
      [ACTIONS.trainingList, 'list'],
      [ACTIONS.trainingExample, 'example'],
    ] as const) {
      await forgedClick(product, sandbox.sourceOf(PIA), { actionId, value });
      await modal(PIA, 'This is for the team that runs the partner programme');
    }
    expect(await listCourses(HOME)).toEqual([]);
    expect(await listVersions(HOME)).toHaveLength(1);
  });
});

/** Of the only button that turns a page. */
function turnValue(view: SandboxView): string {
  const found = words(view.blocks).match(/"value":"(\{\\"versionId\\":[^}]*\})"/);
  return JSON.parse(`"${found?.[1] ?? ''}"`);
}
