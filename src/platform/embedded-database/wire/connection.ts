import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { MAX_MESSAGE_BYTES, type Message, takeMessages } from './message.ts';

const LAST_WORDS_MS = 1000;

/** What goes on the wire for a message; null when its sender wants no answer. When it throws, the connection is lost. */
export type Answer = (message: Message) => Promise<Buffer | null>;

/** Serves one connection: its commands one after another, in the order they came. What is no message ends this connection only. The
 *  function it returns takes no more, answers what came before, and closes. */
export function serveConnection(answer: Answer, socket: Socket): () => Promise<void> {
  let arrived: Buffer[] = [];
  let queue: Promise<void> = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    arrived.push(chunk);
    if (!isWhole(arrived)) return;
    try {
      const { messages, rest } = takeMessages(Buffer.concat(arrived));
      arrived = rest.length > 0 ? [rest] : [];
      for (const message of messages) queue = queue.then(() => serve(answer, socket, message)).catch(() => void socket.destroy());
    } catch {
      socket.destroy();
    }
  });
  return async () => {
    socket.removeAllListeners('data');
    await queue;
    // Until the answers are sent, but no longer for one who does not read them.
    await Promise.race([new Promise<void>((resolve) => socket.end(resolve)), wait(LAST_WORDS_MS, undefined, { ref: false })]);
  };
}

/** Whether the parts hold the message they begin with. Saves joining those of a large one again for each of them. One that claims to be too
 *  large is let through to be refused. */
export function isWhole(arrived: Buffer[]): boolean {
  const size = arrived.reduce((sum, { length }) => sum + length, 0);
  if (size < 4) return false;
  const [first] = arrived;
  const claimed = (first && first.length >= 4 ? first : Buffer.concat(arrived)).readInt32LE(0);
  return claimed > MAX_MESSAGE_BYTES || size >= claimed;
}

async function serve(answer: Answer, socket: Socket, message: Message): Promise<void> {
  const reply = await answer(message);
  if (reply && !socket.destroyed) socket.write(reply);
}
