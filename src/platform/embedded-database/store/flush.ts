import { closeSync, fdatasync, openSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RootDatabase } from 'lmdb';
import { headOf } from './check-file.ts';

/** What a power cut may cost at most, beside the time of the flush itself. MongoDB's journal has the same interval. */
const FLUSH_MS = 100;

/** Puts away the beginning of the data file as it was when all it leads to had reached the disk. Settles once that is on the disk too. */
export type SavePoint = (head: Buffer) => Promise<void>;
type Flushing = { committed: () => void; flush: () => Promise<void>; stop: () => Promise<void> };

/** Names this run of the machine; null where the system does not tell. A file written in the same run needs no repair: what a killed
 *  process handed to the system is still there. */
export function runOfMachine(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/** Lets lmdb commit without waiting for the disk, and flushes behind it. A commit is in the system's hands at once, so it outlives the
 *  process; a power cut may cost the last `FLUSH_MS` and the time of a flush, and nothing else: lmdb never reuses a page that a reader may
 *  still need, so a reader that stays at the last state on the disk keeps that state whole whatever is written since, and the next start
 *  goes back to it (`restoreHead`). `failed` is told of a disk that takes nothing more. */
export function flushBehind(db: RootDatabase<Buffer, Buffer>, path: string, save: SavePoint, failed: (error: unknown) => void): Flushing {
  const file = openSync(path, 'r');
  let reader = db.useReadTransaction();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  async function flushOnce(): Promise<void> {
    timer = undefined;
    let next: typeof reader | undefined;
    try {
      db.resetReadTxn();
      next = db.useReadTransaction();
      const head = headOf(file);
      await promisify(fdatasync)(file);
      await save(head);
      reader.done();
      reader = next;
    } catch (error) {
      next?.done();
      failed(error);
    }
  }
  const flush = () => {
    clearTimeout(timer);
    running = running.then(flushOnce);
    return running;
  };
  return {
    committed: () => {
      timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
    },
    flush,
    stop: async () => {
      await flush();
      reader.done();
      closeSync(file);
    },
  };
}
