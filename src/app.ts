import { App } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Logger as PinoLogger } from 'pino';
import { jobs } from '../jobs/index.ts';
import { type Config, dataKeys, dkimKey, linkKey, listenHost } from './config.ts';
import type { Deps } from './deps.ts';
import { internet, type Network } from './discover/website/network.ts';
import { createAsk, createResearch } from './llm.ts';
import { createCrm } from './manage/crm/connect-crm.ts';
import { hubspotRoutes } from './manage/crm/hubspot-route.ts';
import { conversionRoutes } from './measure/conversions/conversion-route.ts';
import { createClickCounter } from './measure/links/count-clicks.ts';
import { linkRoutes } from './measure/links/link-route.ts';
import { pageRoutes } from './onboard/pages/page-routes.ts';
import { pageSections } from './page-sections.ts';
import { PERSONAL_DATA } from './personal-data.ts';
import { createComposeMail } from './recruit/mail/compose-mail.ts';
import { createReadMailbox } from './recruit/mail/imap.ts';
import { inboundRoutes } from './recruit/mail/inbound-route.ts';
import { createSendMail } from './recruit/mail/smtp.ts';
import { noticeRoutes } from './recruit/notice/notice-routes.ts';
import { optOutRoutes } from './recruit/opt-out/opt-out-routes.ts';
import { createScheduler } from './scheduler.ts';
import { answerErrors } from './slack/answer-error.ts';
import { answerEverything } from './slack/answer-everything.ts';
import { answerOnce } from './slack/answer-once.ts';
import { clientLogger } from './slack/client-logger.ts';
import { registerListeners } from './slack/index.ts';
import { createInstallations, installRoutes } from './slack/installations.ts';
import { fileRoutes } from './slack/onboard/file-routes.ts';
import { createReceiver } from './slack/receiver.ts';

/** The bot scopes asked for at installation; `manifest.yml` asks for the same. */
export const SCOPES = [
  'app_mentions:read',
  'channels:manage',
  'channels:read',
  'chat:write',
  'commands',
  'conversations.connect:write',
  'files:read',
  'files:write',
  'groups:read',
  'groups:write',
  'im:history',
  'im:write',
  'pins:read',
  'pins:write',
  'users:read',
];

/** Wires Bolt, the job queue, the mail server and the model client. Opens no socket: `main.ts` starts it, tests drive it. */
export function buildApp(
  config: Config,
  log: PinoLogger,
  { now = () => new Date(), network = internet }: { now?: () => Date; network?: Network } = {},
) {
  if (!config.MONGODB_URI) throw new Error('The app needs the address of an open database.');
  const logger = clientLogger(log);
  const clientOptions: WebClientOptions = {
    slackApiUrl: config.SLACK_API_URL,
    logger,
    timeout: 15_000,
    retryConfig: { retries: 3, factor: 2, minTimeout: 500 },
  };
  const installations = createInstallations(config, clientOptions, now);
  const scheduler = createScheduler(config.MONGODB_URI, log);
  const deps: Deps = {
    log,
    now,
    enqueue: scheduler.enqueue,
    ask: createAsk(config, log),
    research: createResearch(config),
    network,
    mailReady: Boolean(config.SMTP_URL),
    composeMail: createComposeMail(dkimKey(config)),
    sendMail: createSendMail(config.SMTP_URL),
    readMailbox: createReadMailbox(config.IMAP_URL),
    crm: createCrm(config),
    publicUrl: config.PUBLIC_URL ?? null,
    linkKey: linkKey(config),
    dataKeys: dataKeys(config),
    personalData: PERSONAL_DATA,
    slackFor: installations.slackFor,
  };
  const clicks = createClickCounter(deps);
  const routes = [
    ...installRoutes(config, installations, { scopes: SCOPES, clientOptions, logger }),
    ...inboundRoutes(config, deps),
    ...hubspotRoutes(config, deps),
    ...optOutRoutes(deps),
    ...noticeRoutes(deps),
    ...fileRoutes(deps),
    ...pageRoutes(deps, pageSections(deps)),
    ...linkRoutes(deps, clicks),
    ...conversionRoutes(deps),
  ];
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret = '', PORT: port } = config;
  const door = { routes, host: listenHost(config), port, logger };
  const app = new App({
    receiver: createReceiver(door, { appToken, signingSecret, clientOptions }),
    authorize: installations.authorize,
    clientOptions,
    logger,
    deferInitialization: true,
    tokenVerificationEnabled: false,
    ignoreSelf: true,
    convoStore: false,
    attachFunctionToken: false,
  });
  const { settled } = answerEverything(app, deps);
  app.use(answerErrors(deps));
  app.use(answerOnce(deps));
  registerListeners(app, deps, installations);
  const settledAll = async (mostMs: number) => {
    await settled(mostMs);
    await clicks.flush();
  };
  return { app, deps, installations, settled: settledAll, startJobs: () => scheduler.start(jobs, deps), stopJobs: scheduler.stop };
}
