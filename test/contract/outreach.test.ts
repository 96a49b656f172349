import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import type { SuppressionKey } from '../../src/programme/suppression/suppression.ts';
import {
  countSuppressions,
  findSuppression,
  insertSuppression,
  liftEntry,
} from '../../src/programme/suppression/suppression-repository.ts';
import { PER_MAILBOX } from '../../src/recruit/outreach/business-hours.ts';
import { newDraft } from '../../src/recruit/outreach/new-draft.ts';
import { countSlots, releaseSlots, takeSlot } from '../../src/recruit/outreach/send-slots-repository.ts';
import { findBytes, keepBytes } from '../../src/recruit/outreach/sent-bytes-repository.ts';
import type { Thread } from '../../src/recruit/outreach/thread.ts';
import { endThread, findLiveThread, insertThread, listDueThreads, recordTouch } from '../../src/recruit/outreach/thread-repository.ts';
import { aContact } from '../support/builders.ts';
import { SERVERS, useModels } from './servers.ts';

const at = new Date('2026-11-23T09:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const entry = (id: string) => auditEntry({ id, workspaceId: 'T1', at, by: 'U1', action: 'thing.change', subject: 'thing:1' });
const times = <Result>(count: number, run: (n: number) => Promise<Result>) => Promise.all(Array.from({ length: count }, (_, n) => run(n)));

describe.each(SERVERS)('outreach on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('slots: a day opened by many at once has as many as it has, each approval one', async () => {
    const take = (n: number) => takeSlot({ workspaceId: 'T1', day: '2026-11-23', mailbox: 'a@x.example', approvalId: `a${n % 40}` }, false);
    await times(80, take);
    expect((await countSlots('T1', '2026-11-23')).get('a@x.example')).toBe(PER_MAILBOX);
    await releaseSlots('T1', 'a1');
    await times(40, take);
    expect((await countSlots('T1', '2026-11-23')).get('*')).toBe(PER_MAILBOX);
  });

  test('suppressions: one in force for each hash, taken back and set anew', async () => {
    const key: SuppressionKey = { kind: 'address', value: 'dana@a.example' };
    const why = { reason: 'opt-out', via: 'page', by: 'recipient', at } as const;
    const added = await times(10, (n) => insertSuppression('T1', key, why, entry(`s${n}`)));
    expect(added.filter(({ changed }) => changed)).toHaveLength(1);
    expect(await liftEntry('T1', key, entry('lift'))).toMatchObject({ kind: 'address' });
    expect([await findSuppression('T1', [key]), await liftEntry('T1', key, entry('again'))]).toEqual([null, null]);
    expect(await insertSuppression('T1', key, why, entry('anew'))).toMatchObject({ changed: true });
    expect(await countSuppressions('T1')).toEqual({ address: 1, domain: 0, company: 0 });
  });

  test('threads: one live for a company; touches are noted once each, by many at once', async () => {
    const thread = (id: string): Thread => ({
      ...{ id, workspaceId: 'T1', companyId: 'c1', companyName: 'A', contact: aContact(), status: 'open', end: null, touches: [] },
      ...{ nextTouchAt: null, awayUntil: null, openedAt: at, updatedAt: at },
    });
    const opened = await times(10, (n) => insertThread(thread(`t${n}`), entry(`open${n}`)));
    expect(opened.filter(({ changed }) => changed)).toHaveLength(1);
    const live = await findLiveThread('T1', 'c1');
    if (!live) throw new Error('no thread was opened');
    const touch = { draftId: 'd1', messageId: 'm1', touch: 1, at };
    const noted = await times(5, (n) => recordTouch(live, touch, { wait: later(9), contact: live.contact }, entry(`touch${n}`)));
    expect(noted.filter((one) => one !== null)).toHaveLength(1);
    expect((await listDueThreads(later(4 * 24 * 60))).map(({ id }) => id)).toEqual([live.id]);
    expect(await endThread('T1', live.id, 'reply', entry('end'))).toMatchObject({ status: 'ended', nextTouchAt: null });
    expect(await insertThread(thread('next'), entry('next'))).toMatchObject({ changed: true });
  });

  test('bytes: the first that were kept stay, to the byte', async () => {
    const sender = { name: 'Ana', address: 'ana@x.example', postalAddress: '1 Harbour Street' };
    const { id: draftId } = newDraft(
      { id: 'c1', workspaceId: 'T1', name: 'A' },
      { contact: aContact(), sender, threadId: 't', kind: 'first', touch: 1, references: [] },
      'U1',
      at,
    );
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const kept = await times(8, (n) =>
      keepBytes({ workspaceId: 'T1', draftId, approvalId: 'a1' }, n === 0 ? bytes : Buffer.from(bytes), later(n)),
    );
    for (const one of kept) expect(one.equals(bytes)).toBe(true);
    await keepBytes({ workspaceId: 'T1', draftId, approvalId: 'a1' }, Buffer.from('others'), later(9));
    const attempt = { workspaceId: 'T1', id: draftId, messageId: 'a1@x.example' };
    expect((await findBytes(attempt))?.equals(bytes)).toBe(true);
    expect(await findBytes({ ...attempt, messageId: null })).toBeNull();
    expect(await findBytes({ ...attempt, workspaceId: 'T2' })).toBeNull();
  });
});
