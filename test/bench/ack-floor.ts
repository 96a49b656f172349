import { App, HTTPReceiver } from '@slack/bolt';
import { ACTIONS, COMMANDS } from '../../blocks/ids.ts';

/** The floor for `ack`: Bolt with nothing behind it. Same receiver, same signature check, one empty listener of each kind. */
const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  customRoutes: [{ path: '/healthz', method: ['GET'], handler: (_request, response) => void response.writeHead(200).end('ok') }],
});
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-floor', botUserId: 'U0BOT', botId: 'B0BOT' }),
  tokenVerificationEnabled: false,
  deferInitialization: true,
});
app.command(COMMANDS.partners, async ({ ack }) => ack());
app.action(ACTIONS.companyDetails, async ({ ack }) => ack());

app
  .init()
  .then(() => app.start(Number(process.env.PORT)))
  .then(
    () => process.stdout.write(`${JSON.stringify({ msg: 'ready' })}\n`),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
process.once('SIGTERM', () => process.exit(0));
