import { execFile } from 'node:child_process';
import { closeSync, createReadStream, existsSync, fdatasyncSync, openSync, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

/** Where lmdb keeps what on its two first pages, of which the one with the higher transaction counts. Source: lmdb's `MDB_meta`. */
const META = { magic: 24, version: 28, pageSize: 48, lastPage: 144, transaction: 152, end: 160 } as const;
const MAGIC = 0xbeefc0de;
const VERSION = 2;

/** Throws with the file, what is wrong and what to do, before lmdb maps a file that would bring the process down. Changes nothing.
 *  A file that is as it was when it was closed (`closedAs`, its checksum) is not looked at further; any other is read to its end. */
export async function checkFile(path: string, closedAs: number | null): Promise<void> {
  if (!existsSync(path) || (closedAs !== null && (await fileChecksum(path)) === closedAs)) return;
  const missing = await checkHead(path);
  await readAll(path, missing);
}

/** The part of the check that costs nothing. Returns what is left to say when the file also turns out to be unreadable. */
export async function checkHead(path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw systemProblem(path, error) ?? damaged(path, `it cannot be read (${error.message})`);
  });
  if (!file) return '';
  try {
    const { size } = await file.stat();
    if (size === 0) return '';
    const head = headOf(file.fd);
    if (head.length === 0) throw damaged(path, 'its beginning is not that of a database');
    const latest = latestMeta(head);
    if (!latest) throw damaged(path, 'one of its two first pages is not that of a database');
    const needed = (Number(latest.readBigUInt64LE(META.lastPage)) + 1) * (head.length / 2);
    // A page that was taken and given back in one transaction is never written, so a short file may still be whole.
    return size < needed ? `; it has ${size} of ${needed} bytes` : '';
  } finally {
    await file.close();
  }
}

export async function fileChecksum(path: string): Promise<number> {
  let checksum = 0;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) checksum = crc32(part, checksum);
  return checksum;
}

export function damaged(path: string, what: string): Error {
  return new Error(
    `The database file is damaged: ${path}\nWhat is wrong: ${what}. Nothing was changed.\n` +
      'What to do: put back a copy from your backup; or move the file away to start empty, and keep it in case it can be mended. If it is another program’s, set DATA_DIR to a folder of its own.',
  );
}

/** What an error of the system means for whoever runs the app, also one that lmdb passes on; null when it is none of the known ones. */
export function systemProblem(path: string, cause: unknown): Error | null {
  const { message, code } = Object(cause) as { message?: unknown; code?: unknown }; // whatever was thrown
  const said = `${message} ${code}`;
  if (/no space left|ENOSPC|EDQUOT|quota exceeded/i.test(said)) {
    return new Error(`The disk is full: ${path}\nFree some space and start again. What was written is still there.`, { cause });
  }
  if (/permission denied|not permitted|read-only|EACCES|EPERM|EROFS/i.test(said)) {
    const next = 'Run the app as the user who owns it, or set DATA_DIR to a folder of this user.';
    return new Error(`This user may not write there: ${path}\n${next}`, { cause });
  }
  if (/EEXIST|ENOTDIR/.test(said))
    return new Error(`A file stands where the data folder should be: ${path}\nSet DATA_DIR to a folder.`, { cause });
  return null;
}

/** The two first pages, which lead to all others; empty when the first is not one of lmdb's. */
export function headOf(file: number): Buffer {
  const first = Buffer.alloc(META.end);
  readSync(file, first, 0, META.end, 0);
  const pageSize = first.readUInt32LE(META.pageSize);
  if (!isMeta(first) || pageSize < 512 || pageSize > 65_536) return Buffer.alloc(0);
  const head = Buffer.alloc(2 * pageSize);
  readSync(file, head, 0, head.length, 0);
  return head;
}

/** Takes a file the machine went down with back to the last state that was whole on the disk. A file that is not ahead of that state is
 *  left alone: it is whole, or another one was put in its place. One that is no database is left for `checkFile`. May run twice. */
export function restoreHead(path: string, head: Buffer): void {
  const file = openSync(path, 'r+');
  try {
    const there = latestMeta(headOf(file));
    const saved = latestMeta(head);
    if (!saved || !there || transaction(there) <= transaction(saved)) return;
    writeSync(file, head, 0, head.length, 0);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

function latestMeta(head: Buffer): Buffer | null {
  const [first, second] = [head.subarray(0, head.length / 2), head.subarray(head.length / 2)];
  if (head.length === 0 || !isMeta(first) || !isMeta(second)) return null;
  return transaction(first) > transaction(second) ? first : second;
}

function isMeta(page: Buffer): boolean {
  return page.readUInt32LE(META.magic) === MAGIC && page.readUInt32LE(META.version) === VERSION;
}

function transaction(page: Buffer): bigint {
  return page.readBigUInt64LE(META.transaction);
}

/** Reads every entry and its checksum in a process of its own: a page that is not there ends that process, not this one. */
async function readAll(path: string, size: string): Promise<void> {
  const lmdb = createRequire(import.meta.url).resolve('lmdb');
  const script = `const { crc32 } = require('node:zlib');
    const db = require(process.argv[1]).open({ path: process.argv[2], readOnly: true, encoding: 'binary', keyEncoding: 'binary' });
    let last = Buffer.alloc(0), entries = 0;
    for (const { key, value } of db.getRange({})) {
      if (Buffer.compare(last, key) >= 0 || crc32(value.subarray(4), crc32(key)) !== value.readUInt32LE(0)) process.exit(3);
      last = key;
      entries += 1;
    }
    process.exit(entries === db.getStats().entryCount ? 0 : 3);`;
  await promisify(execFile)(process.execPath, ['-e', script, lmdb, path], { timeout: 600_000 }).catch(() => {
    throw damaged(path, `its contents do not agree with their checksums${size}`);
  });
}
