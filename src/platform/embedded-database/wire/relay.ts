import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { type Answer, isWhole } from './connection.ts';

/** Hands messages on to another process, over a connection that is made when one is needed: an idle one that is lost is not missed. A
 *  message that gets no answer throws; whether it was carried out is then unknown. */
export function relayTo(address: () => Promise<NetConnectOpts>): { answer: Answer; close: () => void } {
  let onward: Socket | undefined;
  let closed = false;

  async function connected(): Promise<Socket> {
    if (onward && !onward.connecting && !onward.destroyed && onward.readable) return onward;
    const socket = connect(await address());
    onward = socket.on('error', () => {});
    if (closed) close();
    await once(socket, 'connect');
    return socket;
  }
  /** With an error, so that who waits for the connection hears of it. */
  function close(): void {
    closed = true;
    onward?.destroy(new Error('the client went away'));
  }
  const answer: Answer = async (message) => {
    const socket = await connected();
    socket.write(message.raw);
    return message.answer ? nextReply(socket) : null;
  };
  return { answer, close };
}

function nextReply(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const arrived: Buffer[] = [];
    const lost = () => reject(new Error('the owner of the database went away'));
    const take = (chunk: Buffer) => {
      arrived.push(chunk);
      if (!isWhole(arrived)) return;
      socket.off('data', take).off('close', lost);
      resolve(Buffer.concat(arrived));
    };
    socket.on('data', take).once('close', lost);
  });
}
