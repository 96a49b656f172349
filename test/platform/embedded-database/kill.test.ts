import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkIndexes } from '../../../src/platform/embedded-database/store/check-indexes.ts';
import { allDocuments } from '../../../src/platform/embedded-database/store/collection.ts';
import { placeIn } from '../../../src/platform/embedded-database/store/data-folder.ts';
import { claimFolder } from '../../../src/platform/embedded-database/store/own-folder.ts';
import type { Said } from './writer.ts';

/** `KILL_ROUNDS=100` is the long run. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 6);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test(
  'a process killed at any moment loses no acknowledged write, leaves no half of one, and every index agrees',
  async () => {
    const heard: Said[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      heard.push(...(await writeAndKill(round)));
      const { indexes, counts, batches } = await readAfterwards();
      expect(indexes).toEqual([]);
      const gone = new Set(heard.map((said) => said.gone));
      expect(heard.filter(({ id, count }) => (counts.get(id) ?? 0) < count)).toEqual([]);
      // The next batch may have been on its way to take this one off when the process died.
      const last = new Set(heard.filter(({ batch }) => !heard.some((said) => said.gone === batch)).map(({ batch }) => batch));
      expect([...batches].filter(([, size]) => size !== 3)).toEqual([]);
      expect([...gone].filter((batch) => batches.has(batch))).toEqual([]);
      expect([...last].filter((batch) => !batches.has(batch) && !mayBeGone(batch, heard))).toEqual([]);
    }
    expect(heard.length).toBeGreaterThan(ROUNDS);
    process.stderr.write(`${ROUNDS} kills, ${heard.length * 3} acknowledged commands, all there\n`);
  },
  ROUNDS * 15_000,
);

/** An even batch is taken off in the round after it, whose line may not have been said. */
function mayBeGone(batch: string, heard: readonly Said[]): boolean {
  const [, head = '', step = ''] = /^(.*-b)(\d+)$/.exec(batch) ?? [];
  return Number(step) % 2 === 0 && !heard.some((said) => said.batch === `${head}${Number(step) + 1}`);
}

async function writeAndKill(round: number): Promise<Said[]> {
  const writer = spawn(process.execPath, ['--import', 'tsx', 'test/platform/embedded-database/writer.ts', folder, String(round)]);
  let said = '';
  let errors = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  writer.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  while (!said.includes('\n') && writer.exitCode === null) await wait(5);
  expect([writer.exitCode, errors]).toEqual([null, '']);
  await wait(20 + ((round * 37) % 200));
  await killed(writer);
  // The last line may be cut off.
  return said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said); // written by writer.ts
}

async function readAfterwards(): Promise<{ indexes: string[]; counts: Map<string, number>; batches: Map<string, number> }> {
  const claim = await claimFolder(await placeIn(folder));
  if (!claim) throw new Error('the folder of a dead process is not taken over');
  const { storage, release } = claim;
  const counts = new Map<string, number>();
  const batches = new Map<string, number>();
  const things = storage.collections.get('kill.things');
  for (const { document } of things ? allDocuments(storage, things) : []) {
    const { _id, batch, count } = document;
    if (batch === '') counts.set(String(_id), Number(count));
    else batches.set(String(batch), (batches.get(String(batch)) ?? 0) + 1);
  }
  const indexes = checkIndexes(storage);
  await release();
  return { indexes, counts, batches };
}

async function killed(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}
