import { parse } from 'csv-parse/sync';
import { subDays } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteWords } from '../../../blocks/recruit/draft-notes.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { contentHash } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { csvLine, exportOutreach, RECORD_COLUMNS } from '../../../src/recruit/records/export-outreach.ts';
import { ANA } from '../../sandbox/cast.ts';
import { AT, aCompany, ana, aProgramme, approved, aWaitingDraft, HOME, recorder } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

async function rows(): Promise<Record<string, string>[]> {
  const lines: string[] = [];
  for await (const line of exportOutreach(HOME, noteWords)) lines.push(line);
  return parse(lines.join(''), { columns: true });
}

describe('one line', () => {
  const HOSTILE = ['=1+1', '+1', '-1+1', '@SUM(A1)', '  =HYPERLINK("x")', '\ufeff=1', "=cmd|' /C calc'!A0"];
  test.each(HOSTILE)('%j is no formula', (text) => {
    const [[cell = '']] = parse(csvLine([text])) as [string[]];
    expect(cell).toBe(`'${text}`);
  });

  test.each([
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['\n=1', "'\n'=1"],
    ['Acme;=HYPERLINK(A1);x', "Acme;'=HYPERLINK(A1);x"],
    ['Acme;"=1', 'Acme;"=1'],
    ['Acme\t @SUM(A1)', "Acme\t '@SUM(A1)"],
    ['Acme\n＝1', "Acme\n'＝1"],
    ['fit; -5 points', "fit; '-5 points"],
  ])('%j is none where other signs part the cells', (text, safe) => {
    expect(parse(csvLine([text]))).toEqual([[safe]]);
  });

  test('any texts are read back as they were', () => {
    const text = fc.string({ unit: 'binary' }).filter((one) => !/(^|[;\t\r\n])[\s\0\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/.test(one));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (cells) => {
        expect(parse(csvLine(cells), { bom: false })).toEqual([cells]);
      }),
    );
  });
});

describe('a workspace’s messages', () => {
  test('none: the head alone', async () => {
    expect(await rows()).toEqual([]);
  });

  test('one that left carries who approved which text under which rule, and what became of it', async () => {
    await aProgramme();
    const waiting = await aWaitingDraft();
    const text = { subject: '=HYPERLINK("https://evil.example")', body: 'Hello "Dana", what about a talk?\r\nAna; "quoted", done' };
    await editDraft(ana, { draftId: waiting.id, version: waiting.version }, text, AT);
    const { draft, approval } = await approved(await getDraft(HOME, waiting.id));
    await sendApproved(HOME, draft.id, approval.id, { ...recorder(), now: () => AT });
    await suppress(HOME, { kind: 'address', value: 'dana@peatworks.example' }, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
    expect(await rows()).toEqual([
      {
        id: draft.id,
        company: 'Peatworks',
        domain: 'peatworks.example',
        contact: 'Dana Reed',
        email: 'dana@peatworks.example',
        country: 'GB',
        basis: 'published',
        origin: 'website',
        source: 'https://peatworks.example/contact',
        kind: 'first',
        touch: '1',
        subject: `'${text.subject}`,
        status: 'sent',
        reason: '',
        approver: ANA,
        approvedAt: AT.toISOString(),
        hash: contentHash(draft),
        policyVersion: '2026-11-27',
        policyRule: 'gb-pecr',
        legalBasis: expect.stringContaining('Legitimate interest'),
        sentAt: AT.toISOString(),
        messageId: `${approval.id}@larkspur.example`,
        response: '250 ok',
        optOut: `opt-out ${AT.toISOString()}`,
        cameBack: '',
        replies: '',
      },
    ]);
  });

  test('one of unknown fate still says who approved it', async () => {
    await aProgramme();
    const { draft, approval } = await approved(await aWaitingDraft());
    const lost = recorder({ outcome: 'unknown', reason: 'the line broke' });
    await sendApproved(HOME, draft.id, approval.id, { ...lost, now: () => AT });
    expect(await rows()).toMatchObject([
      { status: 'unknown', approver: ANA, hash: approval.hash, sentAt: '', reason: expect.stringContaining('Nobody can tell') },
    ]);
  });

  test('another workspace’s messages are not among them', async () => {
    await aProgramme('T0ELSEWHERE');
    await aWaitingDraft({ workspaceId: 'T0ELSEWHERE' });
    expect(await rows()).toEqual([]);
  });

  test('more than one page, newest first, each once', async () => {
    await aProgramme();
    const company = await aCompany();
    const { _id, ...stored } = { _id: '', ...(await aWaitingDraft({ company })) };
    const { DraftModel } = await import('../../../src/recruit/outreach/draft-model.ts');
    const { id: _own, ...rest } = stored;
    const made = Array.from({ length: 230 }, (_, n) => ({
      _id: `d${n}`,
      ...rest,
      status: 'rejected',
      open: false,
      updatedAt: subDays(AT, n + 1),
    }));
    await DraftModel.insertMany(made);
    const ids = (await rows()).map(({ id }) => id);
    expect(ids).toEqual([stored.id, ...made.map(({ _id: id }) => id)]);
    expect(RECORD_COLUMNS).toContain('cameBack');
  });
});
