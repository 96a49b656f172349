import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian keeps it where a plain user's PATH does not look. */
const BINARY = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) => existsSync(path));

/** True where a real IMAP server can be started; where not, it is said aloud. */
export function hasDovecot(): boolean {
  if (!BINARY)
    process.stderr.write('SKIPPED: dovecot is not installed, so the mailbox is not read from a real IMAP server. Install dovecot-imapd.\n');
  return BINARY !== undefined;
}

export type Dovecot = {
  /** With user and password. */
  url: string;
  port: number;
  /** Puts a mail into the mailbox as a mail server does. */
  deliver: (mail: Buffer) => Promise<void>;
  /** File names in the mailbox, whose letters are the flags of each mail. */
  files: () => Promise<string[]>;
  stop: () => Promise<void>;
};

const USER = 'replies';
const PASSWORD = 'p@ss/word';

/** Starts dovecot with a configuration and a mailbox of its own on a free port of loopback, by two of its addresses. */
export async function startDovecot(): Promise<Dovecot> {
  if (!BINARY) throw new Error('dovecot is not installed');
  const folder = await mkdtemp(join(tmpdir(), 'dovecot-'));
  await chmod(folder, 0o755);
  const mailbox = join(folder, 'mail');
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(mailbox, part), { recursive: true });
  const port = await freePort();
  await writeFile(join(folder, 'users'), `${USER}:{PLAIN}${PASSWORD}::::::\n`);
  await writeFile(join(folder, 'dovecot.conf'), configOf(folder, mailbox, port));
  const owner = mailOwner();
  if (owner.uid !== process.getuid?.()) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, mailbox]);
  const server = spawn(BINARY, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk) => (said += String(chunk)));
  await answering(server, port, () => said);
  let count = 0;
  return {
    port,
    url: `imap://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/INBOX`,
    deliver: async (mail) => {
      count++;
      const name = `${Math.floor(Date.now() / 1000)}.M${count}P${process.pid}.test`;
      const written = join(mailbox, 'tmp', name);
      await writeFile(written, mail, { mode: 0o644 });
      if (owner.uid !== process.getuid?.()) spawnSync('chown', [`${owner.uid}:${owner.gid}`, written]);
      await rename(written, join(mailbox, 'new', name));
    },
    files: async () => [...(await readdir(join(mailbox, 'new'))), ...(await readdir(join(mailbox, 'cur')))],
    stop: async () => {
      if (server.exitCode === null) {
        const exit = once(server, 'exit');
        server.kill('SIGTERM');
        await exit;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** dovecot serves no mail as root. */
function mailOwner(): { uid: number; gid: number } {
  const { uid, gid } = userInfo();
  if (uid !== 0) return { uid, gid };
  const id = (flag: string) => Number(spawnSync('id', [flag, 'nobody']).stdout.toString());
  return { uid: id('-u'), gid: id('-g') };
}

function configOf(folder: string, mailbox: string, port: number): string {
  const { uid, gid } = mailOwner();
  const isRoot = process.getuid?.() === 0;
  const self = userInfo().username;
  const internal = isRoot
    ? ''
    : `default_internal_user = ${self}\ndefault_login_user = ${self}\ndefault_internal_group = ${spawnSync('id', ['-gn']).stdout.toString().trim()}\n`;
  return `
protocols = imap
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:${mailbox}
mail_fsync = never
${internal}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/home
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    address = 127.0.0.1 127.0.0.2
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${isRoot ? '' : 'chroot ='}
}
service stats {
  ${isRoot ? '' : 'chroot ='}
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

async function answering(server: ChildProcess, port: number, said: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`dovecot ended: ${said()}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false)).setTimeout(1000, () => socket.destroy());
    });
    if (isOpen) return;
    await sleep(50);
  }
  server.kill('SIGKILL');
  throw new Error(`dovecot does not answer: ${said()}`);
}
