import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SandboxMail } from './contract.ts';

/** What goes wrong with the next mail; each switch but `delayMs` is used up by one mail. */
export type Trouble = {
  /** 550 to the next recipient. */
  rejectRecipient: boolean;
  /** 451 after the next mail's data: try again later. */
  tryLater: boolean;
  /** The next mail is kept, but the connection drops before the sender hears so. */
  dropAfterData: boolean;
  /** Keeps any mail and waits so long before it says so. */
  delayMs: number;
};

export type Mailbox = { url: string; trouble: Trouble; close(): Promise<void> };

/** A real SMTP server on loopback. `keep` gets every mail it accepts. */
export async function startMailbox(keep: (mail: SandboxMail) => void): Promise<Mailbox> {
  const trouble: Trouble = { rejectRecipient: false, tryLater: false, dropAfterData: false, delayMs: 0 };
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    closeTimeout: 50, // milliseconds a sender's idle connection may hold up the end of a test
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onRcptTo(_address, _session, done) {
      done(use(trouble, 'rejectRecipient') ? smtpError(550, 'No such mailbox here') : null);
    },
    onData(stream, session, done) {
      void (async () => {
        const mail = await simpleParser(stream);
        if (use(trouble, 'tryLater')) return done(smtpError(451, 'Please try again later'));
        keep(asSandboxMail(mail, session.envelope.rcptTo.map(({ address }) => address).join(', ')));
        await sleep(trouble.delayMs);
        if (use(trouble, 'dropAfterData')) return drop(server, session.id);
        done();
      })().catch(done);
    },
  });
  server.on('error', () => undefined); // a sender that hangs up is part of what is tried here
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is never a pipe's name.
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, trouble, close: () => new Promise((resolve) => server.close(resolve)) };
}

function use(trouble: Trouble, name: 'rejectRecipient' | 'tryLater' | 'dropAfterData'): boolean {
  const on = trouble[name];
  trouble[name] = false;
  return on;
}

function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** smtp-server offers no way to hang up on one sender, so its connection is looked up by its session. */
function drop(server: SMTPServer, sessionId: string): void {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> };
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
}

const addresses = (given: AddressObject | AddressObject[] | undefined): string =>
  [given ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');

function asSandboxMail(mail: ParsedMail, recipients: string): SandboxMail {
  return {
    id: mail.messageId ?? randomUUID(),
    at: new Date().toISOString(),
    from: addresses(mail.from),
    to: addresses(mail.to) || recipients,
    subject: mail.subject ?? '',
    text: (mail.text ?? '').trimEnd(),
    headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()])),
    answers: [],
  };
}
