import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../sandbox/server.ts';
import { builtOnce } from './spawn-worker.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The environment of a process of ours; nothing of the test's own leaks in. */
function environment(given: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'warn', ...given };
}

const [cli, main] = [builtOnce('cli', '../../src/'), builtOnce('main', '../../src/')];

/** Runs the command line to its end, as an operator does. */
export async function runCli(args: string[], env: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [await cli(), ...args], { cwd: ROOT, env: environment(env) });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  await once(child, 'close');
  return { code: child.exitCode, out: out(), err: err() };
}

export type Running = { child: ChildProcess; url: string; errors: () => string; kill: () => Promise<void> };

/** Starts `src/main.ts` against a sandbox and waits until it is ready. */
export async function startMain(mongoUri: string, sandbox: Sandbox, more: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const env = environment({
    PORT: String(port),
    MONGODB_URI: mongoUri,
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_SIGNING_SECRET: sandbox.cast.app.signingSecret,
    SLACK_BOT_TOKEN: sandbox.cast.app.botToken,
    SMTP_URL: sandbox.smtpUrl,
    ...more,
  });
  const child = spawn(process.execPath, [await main()], { cwd: ROOT, env });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null && child.signalCode === null && !(await isReady(url))) await pause(50);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  return { child, url, errors: () => out() + err(), kill };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/healthz`).catch(() => null);
  return answer?.ok ?? false;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const parts: string[] = [];
  stream?.on('data', (part) => parts.push(String(part)));
  return () => parts.join('');
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
