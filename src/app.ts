import { App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { jobs } from '../jobs/index.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createAsk } from './llm.ts';
import { slackLogger } from './log.ts';
import { createScheduler } from './scheduler.ts';
import { answerErrors } from './slack/answer-error.ts';
import { answerEverything } from './slack/answer-everything.ts';
import { registerListeners } from './slack/index.ts';
import { createInstallations } from './slack/installations.ts';
import { refuseNull } from './slack/refuse-null.ts';
import { createSendMail } from './smtp.ts';

/** The bot scopes asked for at installation; `manifest.yml` asks for the same. */
export const SCOPES = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
];

/** Wires Bolt, the job queue, the mail server and the model client. Opens no socket: `main.ts` starts it, tests drive it. */
export function buildApp(config: Config, log: Logger, { now = () => new Date() }: { now?: () => Date } = {}) {
  const logger = slackLogger(log);
  const clientOptions: WebClientOptions = {
    slackApiUrl: config.SLACK_API_URL,
    logger,
    timeout: 15_000,
    retryConfig: { retries: 3, factor: 2, minTimeout: 500 },
  };
  const installations = createInstallations(config, clientOptions, now);
  const receiver = createReceiver(config, installations.installationStore, clientOptions, logger);
  const app = new App({
    receiver,
    authorize: installations.authorize,
    clientOptions,
    logger,
    deferInitialization: true,
    tokenVerificationEnabled: false,
    ignoreSelf: true,
    attachFunctionToken: false,
  });
  const scheduler = createScheduler(config.MONGODB_URI, log);
  const deps: Deps = {
    log,
    now,
    enqueue: scheduler.enqueue,
    ask: createAsk(config),
    mailReady: Boolean(config.SMTP_URL),
    sendMail: createSendMail(config.SMTP_URL),
    slackFor: installations.slackFor,
  };
  answerEverything(app, log);
  app.use(answerErrors(deps));
  registerListeners(app, deps, installations);
  return { app, receiver, deps, installations, startJobs: () => scheduler.start(jobs, deps), stopJobs: scheduler.stop };
}

function createReceiver(
  config: Config,
  installationStore: ReturnType<typeof createInstallations>['installationStore'],
  clientOptions: WebClientOptions,
  logger: ReturnType<typeof slackLogger>,
): Receiver & { start: (...args: never[]) => unknown } {
  const customRoutes = [
    {
      path: '/healthz',
      method: ['GET'],
      handler: (_request: unknown, response: { writeHead: (status: number) => { end: (text: string) => void } }) =>
        response.writeHead(200).end('ok'),
    },
  ];
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = config;
  const oauth = clientId && clientSecret && stateSecret ? { clientId, clientSecret, stateSecret, scopes: SCOPES, installationStore } : {};
  const installerOptions = { clientOptions, port: config.PORT };
  if (config.SLACK_APP_TOKEN)
    return new SocketModeReceiver({ appToken: config.SLACK_APP_TOKEN, logger, customRoutes, installerOptions, ...oauth });
  const receiver = new HTTPReceiver({
    signingSecret: config.SLACK_SIGNING_SECRET ?? '',
    logger,
    customRoutes,
    installerOptions,
    ...oauth,
  });
  receiver.requestListener = refuseNull(receiver.requestListener);
  return receiver;
}
