import { access, constants, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { DryMongoBinary, MongoMemoryServer } from 'mongodb-memory-server-core';
import { type StartedServer, startTemporaryDatabase } from './temporary-database.ts';

/** `kind` says what answers at `uri`; `from` says in words where it came from. */
export type TestServer = StartedServer & { kind: 'mongodb' | 'embedded'; from: string };

const DOWNLOAD_HOST = 'https://fastdl.mongodb.org';
/** A network that lets nothing through must not hold the tests up for longer. */
const PROBE_MS = 3_000;

/** The server of a test run: the first there is of TEST_MONGODB_URI, MONGOMS_SYSTEM_BINARY, a `mongod` on the PATH, a downloaded one, and
 *  the embedded engine. `inMemory`: its files are kept in memory, where there is room. What is named by a variable must work; of the others, one that does not start is passed over. */
export async function chooseTestServer(
  env: NodeJS.ProcessEnv,
  { inMemory = false, say = sayToOperator }: { inMemory?: boolean; say?: (line: string) => void } = {},
): Promise<TestServer> {
  if (env.TEST_MONGODB_URI) {
    return { uri: env.TEST_MONGODB_URI, stop: async () => {}, kind: 'mongodb', from: 'the server of TEST_MONGODB_URI' };
  }
  const named = env.MONGOMS_SYSTEM_BINARY;
  if (named) return { ...(await startMongod(named, inMemory)), kind: 'mongodb', from: named };
  for (const find of [() => onPath(env), downloaded]) {
    const found = await find();
    if (!found) continue;
    try {
      return { ...(await startMongod(found.binary, inMemory)), kind: 'mongodb', from: found.from };
    } catch (error) {
      say(`${found.from} does not start: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
  const from = 'the embedded engine: there is no mongod here and none to download';
  say(`The tests use ${from}.`);
  return { ...(await startTemporaryDatabase()), kind: 'embedded', from };
}

const sayToOperator = (line: string): void => void process.stderr.write(`${line}\n`);

const IN_MEMORY = '/dev/shm';
/** Bytes that must be free there; containers often have 64 MB. */
const ROOM = 4 * 1024 ** 3;

/** A folder in memory, where there is room: index files are made in a third of the time. Its name says whose it is, so that the next run
 *  can remove it where this one is killed. */
async function folderInMemory(): Promise<string | undefined> {
  await removeLeftFolders(IN_MEMORY);
  const room = await statfs(IN_MEMORY).catch(() => null);
  return room && room.bavail * room.bsize >= ROOM ? mkdtemp(join(IN_MEMORY, `${FOLDER}${process.pid}-`)) : undefined;
}

const FOLDER = 'partnerships-test-';

/** Removes in `within` the folders of test runs whose process has ended; a killed run leaves 300 MB of memory taken. */
export async function removeLeftFolders(within: string): Promise<void> {
  const names = await readdir(within).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(FOLDER) ? /^(\d+)-/.exec(name.slice(FOLDER.length))?.[1] : undefined;
    // What another person's run left cannot be removed by this one.
    if (pid && !isRunning(Number(pid))) await rm(join(within, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be asked, and runs.
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH');
  }
}

/** A MongoDB server on a free port of 127.0.0.1 with a database of its own; without `binary`, the one that is downloaded once. */
async function startMongod(binary: string | undefined, inMemory: boolean): Promise<StartedServer> {
  process.env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const dbPath = inMemory ? await folderInMemory() : undefined;
  const server = await MongoMemoryServer.create({
    // The clock of tests stands still, in the past: what ends by it must not be taken away by the server's own in the middle of a test.
    instance: { ip: '127.0.0.1', args: ['--setParameter', 'ttlMonitorEnabled=false'], ...(dbPath ? { dbPath } : {}) },
    ...(binary ? { binary: { systemBinary: binary } } : {}),
  });
  return {
    uri: server.getUri(),
    stop: async () => {
      await server.stop({ doCleanup: true });
      if (dbPath) await rm(dbPath, { recursive: true, force: true });
    },
  };
}

type Found = { binary: string | undefined; from: string };

async function onPath({ PATH = '' }: NodeJS.ProcessEnv): Promise<Found | null> {
  for (const folder of PATH.split(delimiter).filter(Boolean)) {
    const binary = join(folder, 'mongod');
    const runs = await access(binary, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return { binary, from: binary };
  }
  return null;
}

/** What was downloaded before, or the promise of a download: somebody answers where it comes from. */
async function downloaded(): Promise<Found | null> {
  // Throws where MongoDB has no build for this system; then there is none.
  const kept = await DryMongoBinary.generateOptions()
    .then((options) => DryMongoBinary.locateBinary(options))
    .catch(() => undefined);
  if (kept) return { binary: kept, from: kept };
  return (await answers(DOWNLOAD_HOST)) ? { binary: undefined, from: 'a mongod from mongodb.org' } : null;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS) }).then(
    () => true,
    () => false,
  );
}
