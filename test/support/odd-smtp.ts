import { type AddressInfo, createServer, type Socket } from 'node:net';

/** When the server speaks: `message` is its answer to the end of the mail. */
type Moment = 'connect' | 'EHLO' | 'HELO' | 'MAIL' | 'RCPT' | 'DATA' | 'message';

/** A reply line, silence, hanging up, or a reply and then hanging up. */
export type Reply = string | 'silence' | 'hang up' | { last: string };

const GOOD: Record<Moment, Reply> = {
  connect: '220 odd.example ready',
  EHLO: '250 odd.example',
  HELO: '250 odd.example',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  message: '250 kept',
};

/** A raw server that answers as told, also as no real mail server would. `messages` holds every mail it has read to the end,
 *  `lines` every line outside of mails. */
export async function startOddSmtp(replies: Partial<Record<Moment, Reply>>) {
  const messages: string[] = [];
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const answer = (moment: Moment | null) => say(socket, moment ? (replies[moment] ?? GOOD[moment]) : '502 no such command');
    let unread = '';
    let inMessage = false;
    answer('connect');
    socket.on('data', (bytes) => {
      unread += bytes.toString();
      while (true) {
        const end = inMessage ? unread.indexOf('\r\n.\r\n') : unread.indexOf('\r\n');
        if (end < 0) return;
        const read = unread.slice(0, end);
        unread = unread.slice(end + (inMessage ? 5 : 2));
        (inMessage ? messages : lines).push(read);
        answer(inMessage ? 'message' : momentOf(read));
        inMessage = !inMessage && momentOf(read) === 'DATA' && !replies.DATA;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `smtp://127.0.0.1:${port}`, port, messages, lines, close };
}

function say(socket: Socket, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'hang up') socket.destroy();
  else if (typeof reply === 'string') socket.write(`${reply}\r\n`);
  else socket.end(reply.last);
}

function momentOf(line: string): Moment | null {
  const word = line.slice(0, 4).toUpperCase();
  return (['EHLO', 'HELO', 'MAIL', 'RCPT', 'DATA'] as const).find((moment) => moment === word) ?? null;
}
