import type { KnownBlock, ModalView } from '@slack/types';
import { afterEach, beforeEach } from 'vitest';
import type { SandboxMessage, SandboxView } from './contract.ts';
import { type Sandbox, startSandbox } from './server.ts';
import { form, type Seen, startTinyApp, type TinyApp } from './tiny-app.ts';

export type Stage = {
  sandbox: Sandbox;
  tiny: TinyApp;
  /** Lets the app acknowledge every click and submission. */
  ackAll(): void;
  postCard(channel: string): Promise<string>;
  /** The newest message this person reads there. */
  newest(as: string, channel: string): Promise<SandboxMessage>;
  /** A channel of the bot's, offered to somebody so many days ago; its id. */
  invite(email: string, daysOld?: number): Promise<string>;
  openForm(as: string, more?: Partial<ModalView>): Promise<SandboxView>;
  lastSeen(kind: string): Seen | undefined;
};

/** A card with a button `open` and a menu `pick` of x and y. */
export function card(label = 'Card'): KnownBlock[] {
  const plain = (text: string) => ({ type: 'plain_text' as const, text });
  const options = ['x', 'y'].map((value) => ({ text: plain(value), value }));
  const button = { type: 'button' as const, action_id: 'open', value: 'a', text: plain(label) };
  return [{ type: 'actions', elements: [button, { type: 'static_select', action_id: 'pick', options }] }];
}

/** A fresh sandbox with the tiny app behind it, for each test of the file. */
export function useStage(): Stage {
  let sandbox: Sandbox;
  let tiny: TinyApp;
  beforeEach(async () => {
    sandbox = await startSandbox({ retryDelaysMs: [0, 20] });
    tiny = await startTinyApp(sandbox.apiUrl);
    sandbox.setAppUrl(tiny.url);
  });
  afterEach(async () => {
    await tiny.close();
    await sandbox.close();
  });
  return {
    get sandbox() {
      return sandbox;
    },
    get tiny() {
      return tiny;
    },
    ackAll() {
      tiny.app.action(/.*/, async ({ ack }) => ack());
      tiny.app.view({ callback_id: /.*/ }, async ({ ack }) => ack());
    },
    postCard: async (channel) => (await tiny.app.client.chat.postMessage({ channel, text: 'Card', blocks: card() })).ts ?? '',
    newest: (as, channel) => sandbox.waitFor(() => sandbox.messages({ as, channel }).at(-1)),
    async invite(email, daysOld = 0) {
      const { conversations } = tiny.app.client;
      const { channel } = await conversations.create({ name: `ext-${email.replace(/^.*@|\.example$/g, '')}` });
      const id = channel?.id ?? '';
      await conversations.inviteShared({ channel: id, emails: [email], external_limited: false });
      sandbox.ageInvite({ channel: id, days: daysOld });
      return id;
    },
    async openForm(as, more = {}) {
      await tiny.app.client.views.open({ trigger_id: sandbox.trigger(as), view: form('Form', more) });
      return sandbox.waitFor(() => sandbox.modal(as));
    },
    lastSeen: (kind) => tiny.seen.findLast((one) => one.kind === kind),
  };
}
