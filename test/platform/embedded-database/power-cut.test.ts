import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { open as openLmdb } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toBytes } from '../../../src/platform/embedded-database/document.ts';
import { checkIndexes } from '../../../src/platform/embedded-database/store/check-indexes.ts';
import {
  allDocuments,
  collectionFor,
  insertDocument,
  replaceDocument,
  withId,
} from '../../../src/platform/embedded-database/store/collection.ts';
import { placeIn } from '../../../src/platform/embedded-database/store/data-folder.ts';
import { runOfMachine } from '../../../src/platform/embedded-database/store/flush.ts';
import { claimFolder } from '../../../src/platform/embedded-database/store/own-folder.ts';
import { type Storage, sealed } from '../../../src/platform/embedded-database/store/storage.ts';

const PAGE = 4096;
const DOCUMENTS = 100;
/** Where the system does not tell one run of the machine from the next, every commit waits for the disk and nothing goes back. */
const onSuchSystems = runOfMachine() === null ? test.skip : test;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prm-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function claimed() {
  const claim = await claimFolder(await placeIn(folder));
  if (!claim) throw new Error('nobody else uses this folder');
  return claim;
}

/** Gives every document the number, in commits of 25. */
async function writeAll(storage: Storage, round: number): Promise<void> {
  for (let start = 0; start < DOCUMENTS; start += 25) {
    await storage.write(() => {
      const things = collectionFor(storage, 'power.things');
      const known = [...allDocuments(storage, things)];
      for (let n = start; n < start + 25; n++) {
        const bytes = withId(toBytes({ _id: n, round, text: 'x'.repeat(50 + ((n * round * 37) % 3000)) }));
        const old = known.find(({ document }) => document._id === n);
        if (old) replaceDocument(storage, things, old, bytes);
        else insertDocument(storage, things, bytes);
      }
    });
  }
}

/** The files at a flush, and the data after some more commits; again until no other flush came between. */
async function capture(file: string, ledger: string): Promise<{ round: number; flushed: Buffer; point: Buffer; written: Buffer }> {
  const { storage, release } = await claimed();
  try {
    for (let round = 1; ; round += 3) {
      await writeAll(storage, round);
      await storage.flush();
      const [flushed, point] = [await readFile(file), await readFile(ledger)];
      await writeAll(storage, round + 1);
      await writeAll(storage, round + 2);
      const written = await readFile(file);
      if ((await readFile(ledger)).equals(point)) return { round, flushed, point, written };
    }
  } finally {
    await release();
  }
}

function rounds(storage: Storage): Set<unknown> {
  const things = storage.collections.get('power.things');
  return new Set([...(things ? allDocuments(storage, things) : [])].map(({ document }) => document.round));
}

/** What the disk may hold when the power goes: each page as it was flushed, or as it was written since. */
function mixed(flushed: Buffer, written: Buffer, takes: (page: number) => boolean): Buffer {
  const disk = Buffer.alloc(written.length);
  flushed.copy(disk);
  for (let page = 0; page * PAGE < written.length; page++) if (takes(page)) written.copy(disk, page * PAGE, page * PAGE, (page + 1) * PAGE);
  return disk;
}

onSuchSystems('after a power cut the data is as it was at the last flush, whichever of the later pages reached the disk', async () => {
  const file = join(folder, 'data.mdb');
  const ledger = join(folder, 'owner.mdb');
  const { round, flushed, point, written } = await capture(file, ledger);
  const pages = Math.ceil(written.length / PAGE);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: pages, maxLength: pages }), async (choice) => {
      await writeFile(
        file,
        mixed(flushed, written, (page) => (choice[page] ?? 0) % 2 === 1),
      );
      await writeFile(ledger, point);
      await forgetRun(ledger);
      const after = await claimed();
      expect([checkIndexes(after.storage), [...rounds(after.storage)]]).toEqual([[], [round]]);
      await after.release();
    }),
    { numRuns: 8, endOnFailure: true },
  );
});

onSuchSystems('a copy put in place of the data is not taken back to what was there before', async () => {
  const file = join(folder, 'data.mdb');
  const first = await claimed();
  await writeAll(first.storage, 1);
  await first.release();
  await copyFile(file, join(folder, 'copy'));
  const second = await claimed();
  await writeAll(second.storage, 2);
  await second.storage.flush();
  const point = await readFile(join(folder, 'owner.mdb'));
  await second.release();
  await copyFile(join(folder, 'copy'), file);
  await writeFile(join(folder, 'owner.mdb'), point);
  await forgetRun(join(folder, 'owner.mdb'));
  const third = await claimed();
  expect([...rounds(third.storage)]).toEqual([1]);
  await third.release();
});

/** As if the machine had started again since: the saved state is of another run of it, and the owner is gone. */
async function forgetRun(path: string): Promise<void> {
  const ledger = openLmdb<Buffer, Buffer>({ path, encoding: 'binary', keyEncoding: 'binary', cache: false, overlappingSync: false });
  const key = Buffer.from('point');
  const saved = ledger.get(key);
  if (!saved) throw new Error('no state was saved');
  ledger.putSync(key, sealed(key, Buffer.from(serialize({ ...deserialize(saved.subarray(4)), run: 'another' }))));
  ledger.removeSync(Buffer.from('owner'));
  await ledger.close();
}
