import { beforeEach, describe, expect, test } from 'vitest';
import { lapseWords } from '../../../blocks/recruit/draft-notes.ts';
import type { OutreachAnswer } from '../../../prompts/recruit/outreach-email.ts';
import type { Deps } from '../../../src/deps.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { approveDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { lapsedBecause } from '../../../src/recruit/outreach/demand-contact-allowed.ts';
import type { Draft, Rewrite } from '../../../src/recruit/outreach/draft.ts';
import type { Lapse } from '../../../src/recruit/outreach/draft-note.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { demandRewritable, rewriteDraft } from '../../../src/recruit/outreach/rewrite-draft.ts';
import { AT, aCompany, ana, aProgramme, aWaitingDraft, HOME, mia, milo, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
let draft: Draft;
beforeEach(async () => {
  await aProgramme();
  draft = await aWaitingDraft({ company: await aCompany({ description: 'Peatworks connects clinics with patients at short notice.' }) });
});

const offline = { ask: null, now: () => AT, publicUrl: null };
const request = (how: Rewrite, given: Draft = draft) => ({ draftId: given.id, version: given.version, how, by: milo.userId });

test('the next version says who asked for what; the footer stays', async () => {
  const shorter = await rewriteDraft(HOME, request('shorter'), offline);
  expect(shorter).toMatchObject({
    version: 2,
    status: 'waiting',
    footer: draft.footer,
    editedBy: null,
    written: { manner: { length: 'short' }, asked: { how: 'shorter', by: milo.userId, at: AT } },
  });
  expect(shorter?.body.length).toBeLessThan(draft.body.length);
  const [entry] = await listAudit(HOME, { action: 'draft.rewrite' });
  expect(entry).toMatchObject({ by: milo.userId, before: { version: 1 }, after: { how: 'shorter' } });
});

test('two people at once, or one twice: one revision', async () => {
  const all = await Promise.all([
    rewriteDraft(HOME, request('shorter'), offline),
    rewriteDraft(HOME, { ...request('warmer'), by: ana.userId }, offline),
    rewriteDraft(HOME, request('shorter'), offline),
  ]);
  expect(all.filter(Boolean)).toHaveLength(1);
  expect(await getDraft(HOME, draft.id)).toMatchObject({ version: 2 });
  expect(await rewriteDraft(HOME, request('shorter'), offline)).toBeNull();
  expect(await listAudit(HOME, { action: 'draft.rewrite' })).toHaveLength(1);
});

test('an approval that came first stands: nothing is rewritten under it', async () => {
  const slow = rewriteDraft(HOME, request('shorter'), { ...offline, ask: model({ before: () => approveDraft(ana, seen(draft), AT) }) });
  expect(await slow).toBeNull();
  expect(await getDraft(HOME, draft.id)).toMatchObject({ version: 1, status: 'approved', body: draft.body });
});

test('other angles rest on other facts, until none is left, and that is said', async () => {
  const bodies = new Set([draft.body]);
  let current = draft;
  for (let rounds = 0; rounds < 10; rounds++) {
    try {
      await demandRewritable(milo, request('angle', current), offline);
    } catch (error) {
      expect(error).toMatchObject({ code: 'draft-no-other-text', details: { how: 'angle' } });
      expect(bodies.size).toBeGreaterThanOrEqual(4);
      return;
    }
    current = (await rewriteDraft(HOME, request('angle', current), offline)) ?? current;
    bodies.add(current.body);
  }
  throw new Error('there was always another angle');
});

describe('who may, and when', () => {
  test('a member may not', async () => {
    await expect(demandRewritable(mia, request('shorter'), offline)).rejects.toMatchObject({ code: 'role-needed' });
  });

  test('an older version is told so', async () => {
    await editDraft(ana, { draftId: draft.id, version: 1 }, { subject: draft.subject, body: `${draft.body} Really.` }, AT);
    await expect(demandRewritable(milo, request('shorter'), offline)).rejects.toMatchObject({ code: 'draft-moved-on' });
  });

  test('an approved text is not rewritten', async () => {
    await approveDraft(ana, seen(draft), AT);
    await expect(demandRewritable(milo, request('shorter'), offline)).rejects.toMatchObject({ code: 'draft-moved-on' });
  });
});

test('a text that lapsed is written again from what is on file now', async () => {
  await aCompany({ oneLiner: 'Rota planning for hospitals', description: '' });
  expect(lapseWords((await lapsedBecause(draft, AT)) as Lapse)).toMatch(/has changed/);
  const again = await rewriteDraft(HOME, request('again'), offline);
  expect(again?.body).toContain('Rota planning for hospitals');
  expect(again && (await lapsedBecause(again, AT))).toBeNull();
});

describe('with a model', () => {
  test('it is asked for what was wished, with the text as it stands', async () => {
    const asked: unknown[] = [];
    const warm = await rewriteDraft(HOME, request('warmer'), { ...offline, ask: model({ asked }) });
    expect(warm).toMatchObject({ writer: 'model', written: { manner: { tone: 'warm' } } });
    expect(asked).toMatchObject([{ rewrite: { how: 'warmer', body: draft.body } }]);
  });

  test('that fails, the offline writer does it; when it has nothing else, the text stays and the card says so', async () => {
    const failing = { ...offline, ask: () => Promise.reject(new Error('500')) };
    const warm = await rewriteDraft(HOME, request('warmer'), failing);
    expect(told(warm)).toMatchObject({ writer: 'offline', note: expect.stringContaining('failed') });
    const kept = warm && (await rewriteDraft(HOME, request('warmer', warm), failing));
    expect(told(kept)).toMatchObject({ version: 3, body: warm?.body, note: expect.stringContaining('no other text') });
  });
});

const GOOD: OutreachAnswer = {
  noReason: '',
  subject: 'Booking and analytics',
  sentences: [
    { text: 'Hello Dana Reed,', kind: 'greeting', from: [] },
    { text: 'Peatworks is described as “Appointment booking for clinics”.', kind: 'their-fact', from: ['f1'] },
    { text: 'Shall we talk?', kind: 'question', from: [] },
    { text: 'Best regards,', kind: 'closing', from: [] },
  ],
  english: '',
};

function model({ asked = [], before }: { asked?: unknown[]; before?: () => Promise<unknown> }): NonNullable<Deps['ask']> {
  return async (prompt, input) => {
    if (prompt.name === 'read_against_grounds') return prompt.answer.parse({ findings: [] }) as never;
    asked.push(input);
    await before?.();
    return prompt.answer.parse(GOOD) as never;
  };
}
