import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Binary } from 'bson';
import { open, type RootDatabase } from 'lmdb';
import { type Doc, readPlain, toBytes } from '../document.ts';
import { checkFile, checkHead, damaged, fileChecksum, restoreHead, systemProblem } from './check-file.ts';
import { accepts, addressOf, type Place } from './data-folder.ts';
import { runOfMachine } from './flush.ts';
import { openStorage, putValue, type Storage, sealed, unsealed } from './storage.ts';

/** A small lmdb file beside the data: who owns the folder, and to which state the data goes back after a power cut. lmdb gives one
 *  process at a time the right to write it, so two starts cannot both win. */
type Ledger = RootDatabase<Buffer, Buffer>;
const OWNER = Buffer.from('owner');
const POINT = Buffer.from('point');
const CLOSED = Buffer.from('closed');
/** How long to wait for a live owner that does not answer: it starts, or it stops. */
const PATIENCE_MS = 30_000;

/** The right to the folder. `release` closes the database and gives the right back. */
export type Claim = { storage: Storage; release: () => Promise<void> };
type Owned = { token: string; closedAs: number | null };
/** Owners of this process, which its process number cannot tell apart. */
const ours = new Set<string>();

/** Opens the folder's database as its owner; null when another live process owns it and answers. Throws when one neither answers nor
 *  goes. */
export async function claimFolder(place: Place): Promise<Claim | null> {
  const patience = Date.now() + PATIENCE_MS;
  while (true) {
    if (await accepts(await addressOf(place))) return null;
    await checkHead(place.ledger);
    const ledger = unlessDamaged(place.ledger, () => openLedger(place.ledger));
    const claim = await takeOwnership(ledger, place).catch(async (error: unknown) => {
      await ledger.close();
      throw error;
    });
    if ('token' in claim) return openOwned(place, ledger, claim);
    await ledger.close();
    if (Date.now() > patience) throw silentOwner(place, claim.pid);
    await wait(50);
  }
}

function silentOwner({ ledger }: Place, pid: number): Error {
  return new Error(
    `Process ${pid} uses the data folder and does not answer: ${dirname(ledger)}\n` +
      `It may still be checking the file after a crash: wait, and start again. If it does not come up, stop it. If process ${pid} is something else altogether, remove ${ledger} first.`,
  );
}

async function openOwned(place: Place, ledger: Ledger, { token, closedAs }: Owned): Promise<Claim> {
  const giveBack = async () => {
    ledger.removeSync(OWNER);
    await ledger.close();
    ours.delete(token);
  };
  try {
    await checkFile(place.data, closedAs);
    const run = runOfMachine();
    const storage = unlessDamaged(place.data, () => openStorage(place.data, run === null ? undefined : savePoint(ledger, run)));
    // From here on a power cut goes back to no state older than what was found.
    await storage.flush();
    const release = async () => {
      try {
        await storage.close();
        // Only now: what did not reach the disk leaves the point to go back to.
        ledger.removeSync(POINT);
        putValue(ledger, CLOSED, toBytes({ checksum: await fileChecksum(place.data) }));
      } finally {
        await giveBack();
      }
    };
    return { storage, release };
  } catch (error) {
    await giveBack();
    throw error;
  }
}

function openLedger(path: string): Ledger {
  // Without overlappingSync, a write settles when it is on the disk.
  return open({ path, encoding: 'binary', keyEncoding: 'binary', cache: false, overlappingSync: false });
}

function savePoint(ledger: Ledger, run: string): (head: Buffer) => Promise<void> {
  return async (head) => {
    await ledger.put(POINT, sealed(POINT, toBytes({ run, head })));
  };
}

function unlessDamaged<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw systemProblem(path, cause) ?? damaged(path, cause instanceof Error ? cause.message : String(cause));
  }
}

/** Whoever gets the folder also mends what a power cut left, while nobody else can write. */
async function takeOwnership(ledger: Ledger, { data, ledger: path }: Place): Promise<Owned | { pid: number }> {
  const token = randomUUID();
  return ledger.transactionSync(() => {
    const owner = recordOf(ledger, OWNER, path);
    if (owner && isAlive(owner)) return { pid: Number(owner.pid) };
    const point = recordOf(ledger, POINT, path);
    if (point?.head instanceof Binary && point.run !== runOfMachine() && existsSync(data))
      restoreHead(data, Buffer.from(point.head.buffer));
    const closed = recordOf(ledger, CLOSED, path);
    ledger.removeSync(CLOSED);
    putValue(ledger, OWNER, toBytes({ pid: process.pid, token, born: bornAt(process.pid) }));
    ours.add(token);
    return { token, closedAs: closed ? Number(closed.checksum) : null };
  });
}

function recordOf(ledger: Ledger, key: Buffer, path: string): Doc | null {
  const bytes = ledger.get(key);
  if (!bytes) return null;
  if (!sealed(key, unsealed(bytes)).equals(bytes)) throw damaged(path, 'its contents do not agree with their checksums');
  return readPlain(unsealed(bytes));
}

function isAlive({ pid, token, born }: Doc): boolean {
  if (pid === process.pid) return ours.has(String(token));
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return born === bornAt(Number(pid));
}

/** When a process started, in ticks of this run of the machine: its number alone may be another's by now. Empty for one that is dead and not
 *  yet cleared away, and where the system does not tell. Source: proc(5), /proc/pid/stat, fields 3 and 22; the name of the command may hold
 *  spaces, so fields count from its closing bracket. */
function bornAt(pid: number): string {
  try {
    const [state = '', ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return state === 'Z' ? '' : `${runOfMachine()} ${fields[18]}`;
  } catch {
    return '';
  }
}
