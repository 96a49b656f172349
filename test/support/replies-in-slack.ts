import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { MILO, PARTNERSHIPS } from '../sandbox/cast.ts';
import type { SandboxMessage } from '../sandbox/contract.ts';
import { AT } from './builders.ts';
import { useMongo } from './mongo.ts';
import { type Product, startProduct } from './product.ts';
import { aSentDraft } from './sent.ts';

const SECRET = 'a secret that both sides know';

export const textOf = (message: SandboxMessage | null) => JSON.stringify(message?.blocks ?? []);

/** For each test a product whose team has written to Dana; `receive` brings a mail in by the webhook, the others look at Slack. */
export function useReplies() {
  const { uri } = useMongo();
  let product: Product;
  let draft: Draft & { messageId: string };
  beforeEach(async () => {
    product = await startProduct(uri, { env: { INBOUND_MAIL_SECRET: SECRET }, now: () => AT });
    draft = await aSentDraft();
  });
  afterEach(() => product.stop());

  async function receive(mail: Buffer): Promise<void> {
    const timestamp = Math.floor(AT.getTime() / 1000);
    const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(mail).digest('hex');
    const headers = { 'x-partnerships-timestamp': String(timestamp), 'x-partnerships-signature': `v0=${mac}` };
    const { status } = await fetch(`${product.url}/mail/inbound`, { method: 'POST', headers, body: new Uint8Array(mail) });
    expect(status).toBe(202);
  }

  const inTeam = () => product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS });
  /** A reply's card that says all of this. */
  const card = (...parts: string[]) =>
    product.sandbox.waitFor(() =>
      inTeam().find((message) => textOf(message).includes('Understood as') && parts.every((part) => textOf(message).includes(part))),
    );
  const modalSaying = (person: string, words: string) =>
    product.sandbox.waitFor(() => (JSON.stringify(product.sandbox.modal(person)).includes(words) ? product.sandbox.modal(person) : null));
  return { product: () => product, draft: () => draft, receive, inTeam, card, modalSaying };
}
