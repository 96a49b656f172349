import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A script of ours in a process of its own, serving HTTP. */
export type NodeProcess = {
  url: string;
  /** From the start of the process until its log said `ready` and `/healthz` answered. */
  readyMs: number;
  /** Time on the processor so far, children included. Read from /proc: Linux only. */
  cpuMs: () => Promise<number>;
  /** Resident memory now, children included. Linux only. */
  megabytes: () => Promise<number>;
  stop: () => Promise<void>;
};

const CLOCK_TICK_MS = 10;
const READY_WITHIN_MS = 60_000;

/** The product as `npm start` runs it; `npm run bench` builds it first. */
export const BUILT_MAIN = 'dist/main.js';

/** Starts a script, as `npm start` does, on a free port. Throws with its last words when it does not become ready. */
export async function startProcess(script: string, env: Record<string, string>): Promise<NodeProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const child = spawn(process.execPath, [...(script.endsWith('.ts') ? ['--import', 'tsx'] : []), script], {
    env: { PATH: process.env.PATH, PORT: String(port), LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await ready(child, script);
  const answer = await fetch(`${url}/healthz`);
  if (!answer.ok) throw new Error(`${script} answered ${answer.status} at /healthz`);
  const readyMs = performance.now() - started;
  const pid = child.pid ?? 0;
  return { url, readyMs, cpuMs: () => sumOfTree(pid, cpuMsOf), megabytes: () => sumOfTree(pid, megabytesOf), stop: () => stop(child) };
}

async function ready(child: ChildProcess, script: string): Promise<void> {
  const words: string[] = [];
  const hears = (resolve: () => void) => (line: string) => {
    words.push(line);
    if (words.length > 20) words.shift();
    if (line.includes('"msg":"ready"')) resolve();
  };
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${script} was not ready in time`)), READY_WITHIN_MS);
    child.once('exit', () => reject(new Error(`${script} did not start: ${words.join('\n')}`)));
  });
  const said = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', hears(resolve));
  });
  await Promise.race([said, failed]).finally(() => clearTimeout(timer));
  child.removeAllListeners('exit');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** The process and its children: esbuild may run in one. A child that ends meanwhile counts nothing. */
async function sumOfTree(pid: number, figureOf: (pid: number) => Promise<number>): Promise<number> {
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')).split(' ').filter(Boolean);
  const figures = await Promise.all(children.map((child) => sumOfTree(Number(child), figureOf)));
  return figures.reduce((sum, figure) => sum + figure, await figureOf(pid).catch(() => 0));
}

/** User and system time; proc(5), /proc/pid/stat. The name of the command may hold spaces, so fields count from its closing bracket. */
async function cpuMsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}

async function megabytesOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
