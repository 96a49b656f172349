import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { connect, type NetConnectOpts } from 'node:net';
import { join, resolve } from 'node:path';
import { systemProblem } from './check-file.ts';

/** Longer paths do not fit a Unix socket's address on every system. */
const MAX_SOCKET_PATH = 100;
/** lmdb maps its files into memory: on a full disk it would not fail but bring the process down. */
const MIN_FREE_BYTES = 16 * 1024 * 1024;
/** A socket younger than this may belong to a process that is just beginning to listen. */
const YOUNG_MS = 10_000;

const FOLLOWER = /^[0-9a-f]{6}\.sock$/;
/** What this database leaves in its folder, and copies that somebody made beside it. */
const OURS = /^((data|owner)\.mdb|mongo\.(sock|port)|[0-9a-f]{6}\.sock)/;

/** `follower` is where a process listens that works through the owner. */
export type Place = { data: string; ledger: string; socket: string; port: string; follower: string };

/** Makes the folder, which only its user may enter. Throws with what to do when its path is too long for a socket, when it is another
 *  program's or another user's, and when its disk is full. */
export async function placeIn(folder: string): Promise<Place> {
  const home = resolve(folder);
  const file = (name: string) => join(home, name);
  const follower = file(`${randomUUID().slice(0, 6)}.sock`);
  const place = { data: file('data.mdb'), ledger: file('owner.mdb'), socket: file('mongo.sock'), port: file('mongo.port'), follower };
  if (Buffer.byteLength(place.socket) > MAX_SOCKET_PATH) {
    throw new Error(`The path of the data folder is too long for a socket: ${home}\nSet DATA_DIR to a shorter one.`);
  }
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const names = await readdir(home);
    demandOurs(home, names);
    await chmod(home, 0o700);
    await demandSpace(home);
    await clearSockets(names.filter((name) => FOLLOWER.test(name)).map(file));
  } catch (cause) {
    throw systemProblem(home, cause) ?? cause;
  }
  return place;
}

/** Hidden files are no sign of another program: version control and the system put some into any folder. */
function demandOurs(home: string, names: string[]): void {
  const visible = names.filter((name) => !name.startsWith('.') && name !== 'lost+found');
  // lmdb's own name for the lock file: another program's database.
  const isOthers = visible.includes('lock.mdb') && !visible.includes('owner.mdb');
  if (visible.length === 0 || (visible.some((name) => OURS.test(name)) && !isOthers)) return;
  throw new Error(
    `The data folder holds files of something else: ${home}\nSet DATA_DIR to a new or an empty folder. Nothing was changed here.`,
  );
}

async function demandSpace(home: string): Promise<void> {
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < MIN_FREE_BYTES) throw Object.assign(new Error('no space left on the disk'), { code: 'ENOSPC' });
}

/** A follower takes its socket away when it stops; one that was killed leaves it. */
async function clearSockets(sockets: string[]): Promise<void> {
  for (const path of sockets) {
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > YOUNG_MS && !(await accepts({ path }))) await rm(path, { force: true });
  }
}

/** Whether somebody listens there. */
export async function accepts(address: NetConnectOpts): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(address);
    const answer = (yes: boolean) => {
      socket.destroy();
      settle(yes);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** Where the owner listens: a socket in the folder, or a port of this machine where there are no Unix sockets. */
export async function addressOf({ socket, port }: Place): Promise<NetConnectOpts> {
  if (process.platform !== 'win32') return { path: socket };
  return { host: '127.0.0.1', port: Number(await readFile(port, 'utf8').catch(() => '1')) };
}
