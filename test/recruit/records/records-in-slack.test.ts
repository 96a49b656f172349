import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { approveDraft, rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { noteReply, stopThread } from '../../../src/recruit/outreach/stop-thread.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { exportOutreach } from '../../../src/recruit/records/export-outreach.ts';
import { RECORD_STATES } from '../../../src/recruit/records/outreach-record.ts';
import { countRecords, listRecords } from '../../../src/recruit/records/outreach-records-repository.ts';
import { ANA, GENERAL, MIA, MILO, PIA } from '../../sandbox/cast.ts';
import { AT, aCompany, aContact, ana, aProgramme, HOME, mailTools, recorder, seen } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
let product: Product;
beforeEach(async () => {
  product = await startProduct(uri, { workers: false });
  await aProgramme();
});
afterEach(() => product.stop());

async function drafted(n: number, contact: Parameters<typeof aContact>[0] = {}): Promise<Draft> {
  const company = await aCompany({ name: `Place ${n}`, domain: `place${n}.example` });
  const { draft } = await startDraft(ana, company.id, aContact({ email: `person@place${n}.example`, ...contact }), AT);
  return writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
}

type Tools = Omit<Parameters<typeof sendApproved>[3], 'now'>;
async function left(n: number, tools: Tools = recorder(), at = AT): Promise<Draft> {
  const waiting = await drafted(n);
  const { draft } = await approveDraft(ana, seen(waiting), AT);
  const sent = await sendApproved(HOME, draft.id, draft.approval?.id ?? '', { ...tools, now: () => at });
  if (!sent) throw new Error('nothing was settled');
  return sent;
}

/** One message in every state, and in some for two reasons. */
async function everyState(): Promise<void> {
  await drafted(1);
  await drafted(2, { country: 'DE' });
  await left(3, recorder(), new Date('2026-11-23T22:00:00Z'));
  await left(4, recorder({ outcome: 'unknown', reason: 'the line broke' }));
  await left(5);
  await noteReply(HOME, (await left(6)).threadId, AT);
  await stopThread(HOME, (await left(7)).threadId, { because: 'opt-out', by: 'recipient', at: AT });
  const no = await drafted(8);
  await rejectDraft(ana, { draftId: no.id, version: no.version }, AT);
}

describe('the counts', () => {
  test('every message is in one state, with the reason', async () => {
    await everyState();
    expect(await countRecords(HOME)).toEqual([
      {
        state: 'waiting',
        total: 2,
        reasons: [
          { why: 'blocked', count: 1 },
          { why: 'waiting', count: 1 },
        ],
      },
      { state: 'approved', total: 1, reasons: [{ why: 'hours', count: 1 }] },
      { state: 'unclear', total: 1, reasons: [{ why: 'unknown', count: 1 }] },
      { state: 'sent', total: 1, reasons: [{ why: 'first', count: 1 }] },
      {
        state: 'back',
        total: 2,
        reasons: expect.arrayContaining([
          { why: 'reply', count: 1 },
          { why: 'opt-out', count: 1 },
        ]),
      },
      { state: 'closed', total: 1, reasons: [{ why: 'turned-down', count: 1 }] },
    ]);
    const listed = await Promise.all(RECORD_STATES.map((state) => listRecords(HOME, state, { from: 0, count: 10 })));
    expect(listed.map(({ total }) => total)).toEqual([2, 1, 1, 1, 2, 1]);
    expect(listed.flatMap(({ records }) => records)).toHaveLength(8);
    expect((await countRecords('T0ELSEWHERE')).every(({ total }) => total === 0)).toBe(true);
  });
});

test('an answer is not forgotten when the thread ends later for another reason', async () => {
  const { threadId } = await left(1);
  await noteReply(HOME, threadId, AT);
  await stopThread(HOME, threadId, { because: 'decision', by: ANA, at: AT });
  const { records } = await listRecords(HOME, 'back', { from: 0, count: 10 });
  expect(records).toMatchObject([{ back: 'reply' }]);
});

describe('/partners outreach', () => {
  const { words, shown } = {
    words: (value: unknown) => JSON.stringify(value ?? {}),
    shown: (person: string, text: string) =>
      product.sandbox.waitFor(() =>
        product.sandbox.messages({ as: person, channel: GENERAL }).findLast((one) => JSON.stringify(one.blocks).includes(text)),
      ),
  };

  test('before anything: what to do', async () => {
    await product.sandbox.as(MIA).command(GENERAL, '/partners outreach');
    await shown(MIA, 'Draft Outreach');
  });

  test('any member reads it: states, one state with paging, a message with its record and its exact bytes', async () => {
    await everyState();
    for (let n = 20; n < 32; n++) await drafted(n);
    const mia = product.sandbox.as(MIA);
    await mia.command(GENERAL, '/partners outreach');
    const overview = await shown(MIA, 'Waiting for approval: *14*');
    expect(overview.onlyFor).toBe(MIA);
    for (const text of [
      'blocked by the rule of their country',
      'it is not business time',
      'nobody can tell whether it left',
      'they answered',
    ])
      expect(words(overview)).toContain(text);
    await mia.click(overview, ACTIONS.recordsShow, { value: JSON.stringify({ state: 'waiting', from: 0 }) });
    const first = await shown(MIA, '1–10 of 14 messages');
    await mia.click(first, ACTIONS.recordsNext);
    const second = await shown(MIA, '11–14 of 14 messages');
    await mia.click(second, ACTIONS.recordsBack);
    await mia.click(await shown(MIA, '1–10 of 14 messages'), ACTIONS.recordsAll);
    await mia.click(await shown(MIA, 'Waiting for approval: *14*'), ACTIONS.recordsShow, {
      value: JSON.stringify({ state: 'sent', from: 0 }),
    });
    await mia.click(await shown(MIA, 'Sent, no answer yet* · 1–1'), ACTIONS.recordsOpen);
    const modal = await product.sandbox.waitFor(() =>
      words(product.sandbox.modal(MIA)).includes('History') ? product.sandbox.modal(MIA) : null,
    );
    for (const text of [
      'Place 5',
      'gb-pecr',
      'Legitimate interest',
      '250 ok',
      `<@${ANA}>`,
      'Approved by',
      'Sent; the mail server said',
      'published',
    ])
      expect(words(modal)).toContain(text);
  });

  test('the bytes are shown as they left', async () => {
    const draft = await left(1, mailTools(product.config.SMTP_URL));
    const mia = product.sandbox.as(MIA);
    await mia.command(GENERAL, '/partners outreach');
    await mia.click(await shown(MIA, 'Place 1'), ACTIONS.recordsOpen, { value: draft.id });
    const modal = await product.sandbox.waitFor(() =>
      words(product.sandbox.modal(MIA)).includes('Exact Bytes') ? product.sandbox.modal(MIA) : null,
    );
    await mia.click(modal, ACTIONS.recordsBytes);
    const bytes = await product.sandbox.waitFor(() =>
      words(product.sandbox.modal(MIA)).includes('Message-ID') && words(product.sandbox.modal(MIA)).includes('List-Unsubscribe')
        ? product.sandbox.modal(MIA)
        : null,
    );
    expect(words(bytes)).toContain(`<${draft.messageId}>`);
  });

  test('what came back to it is told with how it was understood; the export has it too', async () => {
    await left(1, mailTools(product.config.SMTP_URL));
    const [mail] = product.sandbox.mail;
    if (!mail) throw new Error('nothing left');
    expect(await product.sandbox.reply(mail, 'Yes, please.')).toMatchObject({ status: 202 });
    expect(await product.sandbox.outOfOffice(mail)).toMatchObject({ status: 202 });
    const mia = product.sandbox.as(MIA);
    await mia.command(GENERAL, '/partners outreach');
    const overview = await shown(MIA, 'Replies so far');
    expect(words(overview)).toMatch(/interested: 1/);
    await mia.click(overview, ACTIONS.recordsOpen);
    const modal = await product.sandbox.waitFor(() =>
      words(product.sandbox.modal(MIA)).includes('Came back') ? product.sandbox.modal(MIA) : null,
    );
    expect(words(modal)).toContain('Yes, please.');
    const lines: string[] = [];
    for await (const line of exportOutreach(HOME, noteWords)) lines.push(line);
    const [row] = parse(lines.join(''), { columns: true }) as Record<string, string>[];
    expect(row?.replies).toMatch(/interested 2026-11-23T.*; out-of-office 2026-11-23T/);
  });

  test('a manager gets the CSV into direct messages; a member does not; without the scope both ways on are named', async () => {
    await everyState();
    const milo = product.sandbox.as(MILO);
    await milo.command(GENERAL, '/partners outreach');
    await milo.click(await shown(MILO, 'Export CSV'), ACTIONS.recordsExport);
    const message = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: MILO, channel: product.sandbox.dmWith(MILO) }).find(({ files }) => files.length > 0),
    );
    const [file] = message.files;
    expect(file?.name).toBe('outreach-2026-11-23.csv');
    const bytes = await product.sandbox.download(MILO, file?.id ?? '');
    expect(parse(bytes ?? '', { columns: true })).toHaveLength(8);
    expect(await product.sandbox.download(MIA, file?.id ?? '')).toBeNull();
    await product.sandbox.as(MIA).command(GENERAL, '/partners outreach');
    expect(JSON.stringify(await shown(MIA, 'Some buttons are for managers only'))).not.toContain(ACTIONS.recordsExport);
    await forgedClick(product, product.sandbox.sourceOf(MIA), { actionId: ACTIONS.recordsExport, value: '', channel: GENERAL });
    await product.sandbox.waitFor(() => product.sandbox.messages({ as: MIA }).find(({ text }) => text.includes('You need the role')));
    product.sandbox.answerWith('files.getUploadURLExternal', () => ({ ok: false, error: 'missing_scope', needed: 'files:write' }));
    await milo.command(GENERAL, '/partners outreach');
    await milo.click(await shown(MILO, 'Export CSV'), ACTIONS.recordsExport);
    await product.sandbox.waitFor(() => product.sandbox.messages({ as: MILO }).find(({ text }) => text.includes('outreach --csv FILE')));
  });

  test('a person of another company gets none of it by a forged click', async () => {
    const draft = await left(1);
    const source = product.sandbox.sourceOf(PIA);
    const { sandbox } = product;
    for (const actionId of [ACTIONS.recordsAll, ACTIONS.recordsShow, ACTIONS.recordsOpen, ACTIONS.recordsBytes, ACTIONS.recordsExport]) {
      const value = actionId === ACTIONS.recordsShow ? JSON.stringify({ state: 'sent', from: 0 }) : draft.id;
      expect((await forgedClick(product, source, { actionId, value })).status).toBe(200);
    }
    await sandbox.waitFor(() => sandbox.messages({ as: PIA }).filter(({ text }) => text.includes('This is for the team')).length >= 3);
    expect(words(sandbox.state(PIA))).not.toMatch(/Place 1|person@place1/);
  });
});
