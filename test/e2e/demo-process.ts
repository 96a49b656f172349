import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** `npm run demo`, as a person starts it, on a free port; resolves when it says where to look. */
export async function startDemo(mongoUri: string, args: string[]): Promise<{ url: string; log: () => string; stop: () => Promise<void> }> {
  const command = ['--import', 'tsx', 'test/sandbox/demo.ts', '--port', '0', ...args];
  const child = spawn(process.execPath, command, {
    env: { ...process.env, MONGODB_URI: mongoUri, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const url = await opened(child, () => log);
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  return { url, log: () => log, stop };
}

async function opened(child: ChildProcess, log: () => string): Promise<string> {
  for (let waited = 0; waited < 600; waited++) {
    const url = /Open (http:\S+) in a browser/.exec(log())?.[1];
    if (url) return url;
    if (child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`The demo did not start:\n${log()}`);
}
