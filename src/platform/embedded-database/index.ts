import { chmod, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { errorReply } from './command-error.ts';
import { createCursors } from './commands/cursors.ts';
import { answersOf } from './commands/table.ts';
import { toBytes } from './document.ts';
import { addressOf, type Place, placeIn } from './store/data-folder.ts';
import { expireDocuments } from './store/expire.ts';
import { type Claim, claimFolder } from './store/own-folder.ts';
import { type Answer, serveConnection } from './wire/connection.ts';
import { relayTo } from './wire/relay.ts';

const EXPIRY_MS = 60_000;

export type EmbeddedDatabase = { uri: string; owner: boolean; stop: () => Promise<void> };

/** Starts the database of a folder inside this process, or works through the one another process runs there (`owner` false) and takes its
 *  place when it goes. The `uri` names no database. Throws with the file and what to do when the folder's data cannot be read; it is left
 *  as it is. */
export async function startEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  const place = await placeIn(folder);
  const claim = await claimFolder(place);
  return claim ? own(place, claim) : follow(place);
}

/** After a takeover that failed, such as one that met another process still checking the file. */
const AGAIN_MS = 1000;

type Owner = EmbeddedDatabase & { answer: Answer };

async function own(place: Place, { storage, release }: Claim): Promise<Owner> {
  const answer = answersOf({ storage, cursors: createCursors() });
  // Only the owner comes here, so a socket that is left is a dead owner's.
  const listening = listen(place.socket, (socket) => serveConnection(answer, socket), place.port);
  const { uri, close } = await listening.catch(async (error: unknown) => {
    await release();
    throw error;
  });
  // What fails here is tried again in a minute; a disk that is gone shows in the next write of somebody who can be told.
  const expiry = setInterval(() => void expireDocuments(storage, new Date()).catch(() => {}), EXPIRY_MS).unref();
  const stop = async () => {
    clearInterval(expiry);
    await close();
    await release();
  };
  return { uri, owner: true, stop, answer };
}

/** The drivers of this process speak to a socket of its own, which hands their messages on to the owner. When the owner goes, a message
 *  without its answer loses its connection, as with any server; the next ones wait until this process, or another, has taken its place.
 *  So an app that was started beside a command of the operator outlives it, and the other way round. */
async function follow(place: Place): Promise<EmbeddedDatabase> {
  let stopping = false;
  let watched: Socket | undefined;
  /** Null while another process is the owner. */
  let next: Promise<Owner | null> = Promise.resolve(null);

  async function watchOwner(): Promise<void> {
    watched = connect(await addressOf(place)).unref();
    watched.on('error', () => {}).once('close', attempt);
  }
  function attempt(): void {
    next = takeOver();
    // Meanwhile every command is answered with what keeps this process from taking over, a damaged file for one.
    next.catch(() => stopping || setTimeout(attempt, AGAIN_MS).unref());
  }
  async function takeOver(): Promise<Owner | null> {
    const claim = stopping ? null : await claimFolder(place);
    if (claim) return own(place, claim);
    if (!stopping) await watchOwner();
    return null;
  }
  await watchOwner();

  const { uri, close } = await listen(place.follower, (socket) => {
    const relay = relayTo(() => addressOf(place));
    socket.on('close', relay.close);
    const refused = (error: unknown): Pick<Owner, 'answer'> => ({
      answer: async ({ answer }) => answer?.(toBytes(errorReply(error))) ?? null,
    });
    return serveConnection(async (message) => ((await next.catch(refused)) ?? relay).answer(message), socket);
  });
  const stop = async () => {
    stopping = true;
    await close();
    const owner = await next.catch(() => null);
    watched?.destroy();
    await owner?.stop();
  };
  return { uri, owner: false, stop };
}

type Listening = { uri: string; close: () => Promise<void> };

/** Listens on a Unix socket only its user can reach; on a port of this machine where there are none, which `portFile` then names.
 *  `serve` returns what ends its connection in good order; `close` does that with all of them. */
async function listen(path: string, serve: (socket: Socket) => () => Promise<void>, portFile?: string): Promise<Listening> {
  const connections = new Map<Socket, () => Promise<void>>();
  const server = createServer((socket) => {
    connections.set(socket, serve(socket));
    socket.on('close', () => connections.delete(socket));
  });
  const windows = process.platform === 'win32';
  if (!windows) await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(windows ? { host: '127.0.0.1', port: 0 } : { path }, resolve);
  });
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.all([...connections.values()].map((finish) => finish()));
    for (const socket of connections.keys()) socket.destroy();
    await closed;
  };
  try {
    if (!windows) await chmod(path, 0o600);
    if (!windows) return { uri: `mongodb://${encodeURIComponent(path)}`, close };
    const { port } = server.address() as AddressInfo; // it listens on a port
    if (portFile) await writeFile(portFile, String(port));
    return { uri: `mongodb://127.0.0.1:${port}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}
