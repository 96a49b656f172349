import mongoose from 'mongoose';
import { afterEach, describe, expect, test } from 'vitest';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { findCompanyByDomain, listPartners, saveDecision } from '../../src/programme/companies/company-repository.ts';
import { claimMailbox, releaseMailbox, savePlace } from '../../src/recruit/replies/mailbox-repository.ts';
import { changedReplies, correctKind, insertReply, listUnsettledReplies, markSettled } from '../../src/recruit/replies/reply-repository.ts';
import { aReply } from '../support/a-reply.ts';
import { aCompany, AT as at, HOME } from '../support/builders.ts';
import { SERVERS, useModels } from './servers.ts';

const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const entry = (id: string, when = at) =>
  auditEntry({ id, workspaceId: HOME, at: when, by: 'U1', action: 'thing.change', subject: 'thing:1' });
const times = <Result>(count: number, run: (n: number) => Promise<Result>) => Promise.all(Array.from({ length: count }, (_, n) => run(n)));

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe.each(SERVERS)('replies on %s', (name) => {
  useModels(name);
  afterEach(() => Promise.all(Object.values(mongoose.models).map((model) => model.deleteMany({}))));

  test('the same mail from many at once is one; another workspace has its own', async () => {
    const kept = await times(10, (n) => insertReply(aReply(), 'key', entry(`take${n}`)));
    expect(kept.filter(({ changed }) => changed)).toHaveLength(1);
    expect(new Set(kept.map(({ reply }) => reply.id)).size).toBe(1);
    expect(await insertReply(aReply({ workspaceId: 'T2' }), 'key', entry('other'))).toMatchObject({ changed: true });
  });

  test('settled once for what it was seen as; a correction makes it due anew', async () => {
    const { reply } = await insertReply(aReply(), 'key', entry('take'));
    expect((await listUnsettledReplies(later(1))).map(({ id }) => id)).toEqual([reply.id]);
    expect(await listUnsettledReplies(at)).toEqual([]);
    const corrected = await times(5, (n) => correctKind(reply, { kind: 'no', laterUntil: null }, entry(`c${n}`, later(1))));
    expect(corrected.filter((one) => one !== null)).toHaveLength(1);
    expect(await markSettled(reply, later(2))).toBeNull();
    expect(await markSettled({ ...reply, kind: 'no', updatedAt: later(1) }, later(2))).toMatchObject({ kind: 'no', settledAt: later(2) });
    expect(await listUnsettledReplies(later(9))).toEqual([]);
    expect(await all(changedReplies(at, later(2)))).toHaveLength(1);
  });

  test('changed replies come the oldest first, each once, more than one batch of them', async () => {
    const minutes = Array.from({ length: 250 }, (_, n) => 1 + ((n * 7) % 100));
    await times(250, (n) => insertReply(aReply({ id: `r${n}`, updatedAt: later(minutes[n] ?? 0) }), `key${n}`, entry(`take${n}`)));
    const seen = await all(changedReplies(at, later(100)));
    const within = minutes.filter((minute) => minute < 100);
    expect(seen.map(({ updatedAt }) => updatedAt)).toEqual(within.sort((a, b) => a - b).map(later));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(within.length);
  });

  test('a mailbox: one reader, a lease, a fence, and a pause after a failure', async () => {
    const claims = await times(10, () => claimMailbox('m', at, later(3)));
    const [claim] = claims.filter((one) => one !== null);
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
    if (!claim) return;
    expect(claim).toEqual({ name: 'm', fence: 1, place: null, failures: 0, failed: null });
    expect(await savePlace(claim, { validity: '7', lastUid: 5 }, later(3))).toBe(true);
    const second = await claimMailbox('m', later(3), later(6));
    expect(second).toEqual({ name: 'm', fence: 2, place: { validity: '7', lastUid: 5 }, failures: 0, failed: null });
    expect(await savePlace(claim, { validity: '7', lastUid: 4 }, later(9))).toBe(false);
    const failed = { validity: '7', uid: 6, times: 2 };
    if (second) await releaseMailbox(second, { failures: 1, notBefore: later(10), failed }, later(4));
    expect(await claimMailbox('m', later(9), later(12))).toBeNull();
    expect(await claimMailbox('m', later(10), later(13))).toMatchObject({ fence: 3, failures: 1, failed });
  });

  test('partners are found by their decision', async () => {
    const company = await aCompany();
    expect(await listPartners(HOME)).toEqual([]);
    await saveDecision(company, { kind: 'partner', by: 'U1', at }, entry('partner'));
    expect(await listPartners(HOME)).toEqual(['peatworks.example', 'Peatworks']);
    expect(await listPartners('T2')).toEqual([]);
    expect((await findCompanyByDomain(HOME, 'peatworks.example'))?.decision).toMatchObject({ kind: 'partner' });
  });
});
