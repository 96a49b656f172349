import { postDigest } from '../../jobs/discover/post-digest.ts';
import { buildApp } from '../app.ts';
import { findDigest } from '../discover/digest/digest-repository.ts';
import { CommandError, Refusal } from '../errors.ts';
import { createLog } from '../log.ts';
import { localDay } from '../programme/setup/digest-clock.ts';
import { getProgramme } from '../programme/setup/programme-repository.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

/** `digest`: posts today's digest now; when it is posted, says so and posts nothing. */
export async function runDigest(workspace: string | undefined, print: (line: string) => void): Promise<void> {
  await withDatabase(async (config) => {
    const workspaceId = await chooseWorkspace(workspace);
    if (!workspaceId) {
      throw new CommandError('No Slack workspace is connected yet. Start the app with its Slack settings first (see the README).');
    }
    const { digest } = await getProgramme(workspaceId);
    if (!digest) throw new Refusal('setup-incomplete', { step: 'digest' });
    const { deps, stopJobs } = buildApp(config, createLog('warn'));
    const day = localDay(deps.now(), digest.timeZone);
    await postDigest.run({ workspaceId, day, round: 0, by: 'cli' }, deps).finally(stopJobs);
    if (!(await findDigest(workspaceId, day, 0))?.postedAt) {
      throw new Error(`The digest of ${day} was not posted. The admins have been told why in Slack.`);
    }
    print(`The digest of ${day} is in the team channel.`);
  });
}
