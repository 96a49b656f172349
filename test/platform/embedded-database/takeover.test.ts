import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedDatabase } from '../../../src/platform/embedded-database/index.ts';

let folder = '';
const running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A process of its own on the folder. `role` is what it says first; `insert` gives its answer. */
async function start() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/platform/embedded-database/starter.ts', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const role = await next();
  const insert = (id: string) => {
    child.stdin.write(`${id}\n`);
    return next();
  };
  const gone = async (act: () => void) => {
    const exited = once(child, 'exit');
    act();
    return (await exited)[0] as number | null; // the exit code
  };
  return { role, insert, kill: () => gone(() => child.kill('SIGKILL')), stop: () => gone(() => child.stdin.end()) };
}

async function stored(): Promise<string[]> {
  const { uri, stop } = await startEmbeddedDatabase(folder);
  const client = await MongoClient.connect(uri);
  const found = await client.db('takeover').collection<{ _id: string }>('things').find().sort({ _id: 1 }).toArray();
  await client.close();
  await stop();
  return found.map(({ _id }) => _id);
}

test('a second process works through the first; of two that start after it was killed, one owns the folder', async () => {
  const first = await start();
  const second = await start();
  expect([first.role, second.role, await first.insert('1'), await second.insert('2')]).toEqual(['owner', 'second', 'ok', 'ok']);
  await Promise.all([first.kill(), second.kill()]);
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ role }) => role).sort()).toEqual(['owner', 'second']);
  expect(await Promise.all(both.map(({ insert }, n) => insert(`after-${n}`)))).toEqual(['ok', 'ok']);
  expect(await Promise.all(both.map(({ stop }) => stop()))).toEqual([0, 0]);
  expect(await stored()).toEqual(['1', '2', 'after-0', 'after-1']);
});

test.each(['stop', 'kill'] as const)(
  'when the owner goes (%s), one of those who worked through it takes its place, and all work on',
  async (how) => {
    const owner = await start();
    const others = [await start(), await start()];
    expect(await Promise.all(others.map(({ insert }, n) => insert(`before-${n}`)))).toEqual(['ok', 'ok']);
    await owner[how]();
    // The first command may meet the lost connection and fail, as with any server.
    const first = await Promise.all(others.map(({ insert }, n) => insert(`during-${n}`)));
    const then = await Promise.all(others.map(({ insert }, n) => insert(`after-${n}`)));
    expect(then).toEqual(['ok', 'ok']);
    expect(await others[0]?.stop()).toBe(0);
    expect(await others[1]?.insert('last')).toMatch(/ok|Mongo/);
    expect(await others[1]?.insert('very last')).toBe('ok');
    expect(await others[1]?.stop()).toBe(0);
    const there = await stored();
    expect(there).toEqual(expect.arrayContaining(['before-0', 'before-1', 'after-0', 'after-1', 'very last']));
    for (const [n, said] of first.entries()) if (said === 'ok') expect(there).toContain(`during-${n}`);
  },
);
