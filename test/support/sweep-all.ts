import { jobs } from '../../jobs/index.ts';
import type { Deps } from '../../src/deps.ts';

/** What every process does each minute, one duty after the other; the hourly and quarterly ones are left out. */
export async function sweepAll(deps: Deps): Promise<void> {
  for (const { every, name, run } of jobs) if (every && name.startsWith('sweep-') && /second|minute/.test(every)) await run({}, deps);
}
