import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type mongoose from 'mongoose';
import {
  ArchiveError,
  type Contents,
  fileName,
  lineTally,
  MANIFEST,
  type Manifest,
  type OnProgress,
  storedLines,
  VERSION,
} from './archive-format.ts';

type Options = { gzip: boolean; at: Date; onProgress?: OnProgress };

/** Writes an archive of the named collections into a new folder, readable by its owner only. The folder has its name when everything is
 *  on disk and not before; what an export that was killed left behind is called `….unfinished-…`. Throws a sentence when it is taken. */
export async function writeArchive(db: mongoose.mongo.Db, collections: string[], folder: string, options: Options): Promise<Manifest> {
  const target = resolve(folder);
  await demandFree(target, folder);
  await mkdir(dirname(target), { recursive: true });
  const unfinished = await mkdtemp(`${join(dirname(target), basename(target))}.unfinished-`);
  try {
    const { gzip, at, onProgress } = options;
    const contents: Contents[] = [];
    for (const collection of collections.toSorted()) {
      contents.push(await writeCollection(db, collection, join(unfinished, fileName(collection, gzip)), gzip, onProgress));
    }
    const manifest: Manifest = {
      format: 'partnerships-archive',
      version: VERSION,
      exportedAt: at.toISOString(),
      gzip,
      collections: contents,
    };
    await writeDurably(join(unfinished, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    // Replaces an empty folder, and fails if somebody filled it meanwhile.
    await rename(unfinished, target);
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function demandFree(target: string, folder: string): Promise<void> {
  const taken = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ArchiveError(`${folder} cannot be used: ${error.message}. Name a new folder.`, { cause: error });
  });
  if (taken.length > 0) throw new ArchiveError(`${folder} is not empty. Name a new folder: an export never writes over another.`);
}

async function writeCollection(
  db: mongoose.mongo.Db,
  collection: string,
  path: string,
  gzip: boolean,
  onProgress?: OnProgress,
): Promise<Contents> {
  const tally = lineTally(collection, onProgress);
  async function* lines() {
    for await (const line of storedLines(db, collection)) {
      tally.add(line);
      yield `${line}\n`;
    }
  }
  const file = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true });
  await pipeline(Readable.from(lines()), gzip ? createGzip() : new PassThrough(), file);
  return tally.contents();
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
