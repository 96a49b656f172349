import { buildApp } from './app.ts';
import { listenHost, readConfig, slackGaps } from './config.ts';
import { createLog } from './log.ts';
import { openDatabase } from './platform/connect-database.ts';
import { migrate } from './programme/migrations/migrate.ts';

/** How long clicks under way may take on SIGTERM; the jobs have 20 seconds after them (`compose.yaml` allows for both). */
const SETTLE_MS = 15_000;

/** The process: read the environment, connect, start; on SIGTERM finish what is under way and leave. */
async function main(): Promise<void> {
  const given = readConfig();
  const gaps = slackGaps(given);
  if (gaps.length > 0) throw new Error(gaps.join('\n'));
  const log = createLog(given.LOG_LEVEL);

  const { config, embedded, close } = await openDatabase(given, {
    prepare: (db) => migrate(db, (done) => log.info(done, 'stored data migrated')),
  });
  const { app, installations, settled, startJobs, stopJobs } = buildApp(config, log);
  if (config.SLACK_BOT_TOKEN) await installations.connectByToken(config.SLACK_BOT_TOKEN);
  await app.init();
  await startJobs();
  await app.start(config.PORT);
  log.info(
    {
      host: listenHost(config) ?? 'all interfaces',
      port: config.PORT,
      mode: config.SLACK_APP_TOKEN ? 'socket' : 'http',
      database: embedded ? 'embedded' : 'server',
      model: Boolean(config.OPENAI_API_KEY),
    },
    'ready',
  );

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    await app.stop();
    // Acknowledged, so Slack does not send it again: saved and queued before the queue closes.
    await settled(SETTLE_MS);
    await stopJobs();
    await close();
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop(signal).then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Cannot start.\n${words}\n`);
  process.exit(1);
});
