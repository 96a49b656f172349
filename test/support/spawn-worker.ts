import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type SendJob = { workspaceId: string; draftId: string; approvalId: string };
export type Worker = {
  /** Runs the send job for all of them at once; resolves when it is through, never when it is killed before. */
  send: (jobs: SendJob[]) => Promise<unknown>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill: () => Promise<unknown>;
  stop: () => Promise<unknown>;
};

/** Starts `send-worker.ts` as a process of its own; resolves when it is connected. */
export async function spawnWorker(mongoUri: string, smtpUrl: string, at: Date): Promise<Worker> {
  const script = fileURLToPath(new URL('send-worker.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, NODE_OPTIONS: '', MONGODB_URI: mongoUri, SMTP_URL: smtpUrl, AT: at.toISOString() },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  return {
    send: (jobs) => {
      child.stdin.write(`${JSON.stringify(jobs)}\n`);
      return once(lines, 'line');
    },
    kill: () => ended(child, () => child.kill('SIGKILL')),
    stop: () => ended(child, () => child.stdin.end()),
  };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  end();
  await exit;
}
