import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreArchive } from '../../src/platform/archive/restore-archive.ts';
import { writeArchive } from '../../src/platform/archive/write-archive.ts';
import { anyDocuments, anyScalar } from './any-document.ts';
import { SERVERS, useServer } from './servers.ts';

const at = new Date('2026-11-23T09:00:00Z');
const NAMES = ['rows', 'keys'];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moves-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every pair of servers, each way; without a real one, the engine with itself. */
const moves = SERVERS.flatMap((from) => SERVERS.map((to) => [from, to] as const));

for (const [from, to] of moves) {
  const [source, target] = [useServer(from), useServer(to)];
  test(`an archive of ${from} is the same after a move to ${to}`, async () => {
    const rows = fc.sample(anyDocuments(6), { seed: 11, numRuns: 60 }).flat();
    await source.db.collection<{ _id: number }>('rows').insertMany(rows.map((fields, row) => ({ ...fields, _id: row })));
    // Of equal ids one stays; those of different types are in the order that checksums depend on.
    for (const _id of fc.sample(anyScalar, { seed: 3, numRuns: 60 })) {
      // The driver's types allow one type of id only.
      await source.db.collection<{ _id: number }>('keys').updateOne({ _id: { $eq: _id as number } }, { $set: { at } }, { upsert: true });
    }
    const name = (suffix: string) => join(folder, `${from}-${to}-${suffix}`.replaceAll(' ', '-'));
    const before = await writeArchive(source.db, NAMES, name('before'), { gzip: true, at });
    await restoreArchive(target.db, name('before'), { known: NAMES, ignored: [] });
    const after = await writeArchive(target.db, NAMES, name('after'), { gzip: false, at });
    expect(after.collections).toEqual(before.collections);
    expect(before.collections.every(({ documents }) => documents > 10)).toBe(true);
  });
}
