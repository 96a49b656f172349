import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { defaultCast } from './cast.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

export function form(title: string, extra: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: 'form',
    title: plain(title),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'company',
        label: plain('Company'),
        element: { type: 'plain_text_input', action_id: 'company', max_length: 40 },
      },
      {
        type: 'input',
        block_id: 'kind',
        optional: true,
        label: plain('Type'),
        element: {
          type: 'static_select',
          action_id: 'kind',
          options: ['reseller', 'agency'].map((value) => ({ text: plain(value), value })),
        },
      },
    ],
    ...extra,
  };
}

const silence = () => undefined;

/** The tests make the app fail on purpose; what it would log about that is noise. */
const logger: Logger = {
  debug: silence,
  info: silence,
  warn: silence,
  error: silence,
  setLevel: silence,
  setName: silence,
  getLevel: () => LogLevel.ERROR,
};

/** What the app saw, for the test to look at. */
export type Seen = { kind: string; body: Record<string, unknown>; context: Record<string, unknown> };

export type TinyApp = { app: App; url: string; seen: Seen[]; close(): Promise<void> };

/** The smallest real Bolt app: HTTP receiver, signature check, no listeners but what the caller adds. */
export async function startTinyApp(apiUrl: string): Promise<TinyApp> {
  const { botToken, signingSecret } = defaultCast.app;
  const receiver = new HTTPReceiver({ signingSecret, logger });
  const clientOptions = { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger };
  const app = new App({ token: botToken, receiver, clientOptions, logger, tokenVerificationEnabled: false });
  const seen: Seen[] = [];
  app.use(async ({ body, context, next }) => {
    const all = { ...body } as Record<string, unknown>; // every payload is an object; its fields are what the tests look at
    seen.push({ kind: String(all.command ?? all.type), body: all, context });
    await next();
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    seen,
    async close() {
      server.closeAllConnections();
      await app.stop();
    },
  };
}
