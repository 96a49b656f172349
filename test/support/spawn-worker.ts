import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type SendJob = { workspaceId: string; draftId: string; approvalId: string };
/** A step of sending, and how often it may be come to before the process dies of it. */
export type DieAt = { step: string; nth: number };
export type Worker = {
  /** Runs the send job for all of them at once; resolves when it is through, never when it is killed before. */
  send: (jobs: SendJob[], dieAt?: DieAt) => Promise<unknown>;
  /** Resolves when the process has ended, by itself or killed. */
  gone: Promise<unknown>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill: () => Promise<unknown>;
  stop: () => Promise<unknown>;
};

/** One file for all processes that a test starts: built once, started in a fraction of the time. */
export function builtOnce(name: string, folder?: string): () => Promise<string> {
  let built: Promise<string> | undefined;
  return () => {
    built ??= bundled(name, folder);
    return built;
  };
}
const script = builtOnce('send-worker');

/** Starts `send-worker.ts` as a process of its own; resolves when it is connected. */
export async function spawnWorker(mongoUri: string, smtpUrl: string, at: Date): Promise<Worker> {
  const child = spawn(process.execPath, [await script()], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: mongoUri, SMTP_URL: smtpUrl, AT: at.toISOString() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  // What is written to a process that has just died is lost, as it should be.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return {
    send: (jobs, dieAt) => {
      child.stdin.write(`${JSON.stringify({ jobs, dieAt: dieAt ?? null })}\n`);
      return once(lines, 'line');
    },
    gone,
    kill: () => ended(child, gone, () => child.kill('SIGKILL')),
    stop: () => ended(child, gone, () => child.stdin.end()),
  };
}

async function ended(child: ChildProcess, gone: Promise<unknown>, end: () => void): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) end();
  await gone;
}

/** A file of this folder, or of `folder`, with all it imports of ours. Beside the modules it imports, in a folder that is thrown away with
 *  them. */
export async function bundled(name: string, folder = './'): Promise<string> {
  const outdir = new URL(`../../node_modules/.cache/partnerships/${name}-${process.pid}/`, import.meta.url);
  const entries = { [name]: `${folder}${name}.ts`, 'recruit/replies/mail-worker': '../../src/recruit/replies/mail-worker.ts' };
  await build({
    entryPoints: Object.entries(entries).map(([out, file]) => ({ out, in: fileURLToPath(new URL(file, import.meta.url)) })),
    outdir: fileURLToPath(outdir),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    logLevel: 'error',
  });
  return fileURLToPath(new URL(`${name}.js`, outdir));
}
