import type { KnownBlock } from '@slack/types';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { section } from '../../blocks/mrkdwn.ts';
import { card } from '../../blocks/panels.ts';
import { prepareDigest } from '../../src/discover/digest/prepare-digest.ts';
import { showDigest } from '../../src/slack/discover/show-digest.ts';
import { isPlain, withFallback } from '../../src/slack/with-fallback.ts';
import { GENERAL, MILO, PARTNERSHIPS } from '../sandbox/cast.ts';
import type { SandboxMessage } from '../sandbox/contract.ts';
import { type Json, listOf, textOf } from '../sandbox/json.ts';
import { AT, HOME } from '../support/builders.ts';
import { useMongo } from '../support/mongo.ts';
import { type Product, startProduct } from '../support/product.ts';
import { bringCompanies, setUp } from '../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let logged: string[];
let client: WebClient;
beforeEach(async () => {
  product = await startProduct(uri, { now: () => AT });
  await setUp(AT);
  await bringCompanies(3, AT);
  logged = [];
  const write = (...parts: unknown[]) => void logged.push(parts.map(String).join(' '));
  const quiet = { debug: () => {}, info: () => {}, setLevel: () => {}, setName: () => {}, getLevel: () => LogLevel.WARN };
  const logger = { ...quiet, warn: write, error: write };
  client = new WebClient(product.config.SLACK_BOT_TOKEN, { slackApiUrl: product.sandbox.apiUrl, logger });
});
afterEach(() => product.stop());

const NEWER = ['card', 'container', 'data_table', 'markdown', 'plan'];
const typesOf = (blocks: unknown) => listOf(blocks).map(({ type }) => textOf(type));
const isNewer = (blocks: unknown) => typesOf(blocks).some((type) => NEWER.includes(type));

/** A workspace that has not got the newer blocks; returns how often it was asked to take them. */
function refuseNewer(method: string): () => number {
  let refused = 0;
  product.sandbox.answerWith(method, (args: Json, real) => {
    const at = typesOf(args.blocks).findIndex((type) => NEWER.includes(type));
    if (at < 0) return real();
    refused += 1;
    return {
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: [`[ERROR] unsupported type [json-pointer:/blocks/${at}]`] },
    };
  });
  return () => refused;
}

const blocks: KnownBlock[] = [section('Before it'), card('company:1', { title: 'Oakfield', subtitle: 'Reseller', body: '' }, [])];
const post = (shown: KnownBlock[]) => client.chat.postMessage({ channel: PARTNERSHIPS, text: 'Oakfield', blocks: shown });

describe('a message with the newer blocks', () => {
  test('goes as it is where Slack takes it', async () => {
    await withFallback(client, 'T0TAKES', blocks, post);
    expect(typesOf(product.sandbox.calls.at(-1)?.args.blocks)).toEqual(['section', 'card']);
    expect([isPlain(client, 'T0TAKES', new Date()), logged]).toEqual([false, []]);
  });

  test('goes as sections where Slack refuses it; that is remembered for a day, for this workspace alone', async () => {
    const refused = refuseNewer('chat.postMessage');
    await withFallback(client, 'T0REFUSES', blocks, post);
    await withFallback(client, 'T0REFUSES', blocks, post);
    expect([refused(), typesOf(product.sandbox.calls.at(-1)?.args.blocks)]).toEqual([1, ['section', 'section']]);
    const later = (hours: number) => isPlain(client, 'T0REFUSES', new Date(Date.now() + hours * 3_600_000));
    expect([later(0), later(23), later(25), isPlain(client, 'T0OTHER', new Date())]).toEqual([true, true, false, false]);
    expect(logged.filter((line) => /T0REFUSES refused blocks: card company:1: .*unsupported type/.test(line))).toHaveLength(1);
  });

  test('is an error where the sections are refused as well, and nothing is remembered', async () => {
    product.sandbox.answerWith('chat.postMessage', () => ({ ok: false, error: 'invalid_blocks' }));
    await expect(withFallback(client, 'T0NEVER', blocks, post)).rejects.toThrow('invalid_blocks');
    expect(isPlain(client, 'T0NEVER', new Date())).toBe(false);
  });

  test('is not sent twice for another error', async () => {
    let calls = 0;
    const failing = () => Promise.reject(new Error(`the line broke ${++calls}`));
    await expect(withFallback(client, 'T0BROKEN', blocks, failing)).rejects.toThrow('the line broke 1');
    expect(calls).toBe(1);
  });
});

// In this order: what a workspace refuses is remembered as long as the process lives.
describe('in the team’s channel', () => {
  const digest = async () => {
    const { id } = await prepareDigest(HOME, { day: '2026-11-23', round: 0, by: 'schedule' }, AT);
    await showDigest(client, HOME, id, AT);
    return product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ text }) => text.includes('partner candidate'));
  };
  const actionsOf = (message: SandboxMessage | undefined) =>
    JSON.stringify(message?.blocks)
      .match(/"action_id":"[^"]+"/g)
      ?.sort();
  let asCards: string[] | undefined;

  test('a digest’s cards travel by chat.update, and their buttons work', async () => {
    const message = await digest();
    const update = product.sandbox.calls.find(({ method }) => method === 'chat.update');
    expect(typesOf(update?.args.blocks)).toEqual([
      'header',
      'context',
      'card',
      'container',
      'card',
      'container',
      'card',
      'container',
      'divider',
      'actions',
    ]);
    expect(typesOf(message?.blocks)).toEqual(typesOf(update?.args.blocks));
    asCards = actionsOf(message);
    if (!message) throw new Error('there is no digest');
    await product.sandbox.as(MILO).click(message, 'company.details');
    await product.sandbox.waitFor(() => JSON.stringify(product.sandbox.modal(MILO)).includes('The score is the points below'));
  });

  test('an answer to a command comes as sections this once where its response_url refuses without saying why', async () => {
    let refused = 0;
    product.sandbox.answerWith('response_url', (args: Json, real) => {
      if (!isNewer(args.blocks)) return real();
      refused += 1;
      return { ok: false, error: 'bad request' };
    });
    for (const times of [1, 2]) {
      await product.sandbox.as(MILO).command(GENERAL, '/partners show Oakfield 1');
      const answers = await product.sandbox.waitFor(() => {
        const shownTo = product.sandbox
          .messages({ as: MILO, channel: GENERAL })
          .filter(({ onlyFor, blocks: shown }) => onlyFor && shown.length > 0);
        return shownTo.length === times ? shownTo : null;
      });
      expect([answers.some(({ blocks: shown }) => isNewer(shown)), actionsOf(answers[0])?.length, refused]).toEqual([false, 4, times]);
    }
    expect(isPlain(client, HOME, new Date())).toBe(false);
  });

  test('an answer to a command comes as sections where its response_url refuses a card', async () => {
    refuseNewer('response_url');
    await product.sandbox.as(MILO).command(GENERAL, '/partners show Oakfield 1');
    const answer = await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: MILO, channel: GENERAL }).find(({ onlyFor, blocks: shown }) => onlyFor && shown.length > 0),
    );
    expect([isNewer(answer.blocks), actionsOf(answer)?.length]).toEqual([false, 4]);
    await product.sandbox.waitFor(() => isPlain(client, HOME, new Date()));
  });

  test('a digest says the same in sections from then on, with the same buttons', async () => {
    refuseNewer('response_url');
    await product.sandbox.as(MILO).command(GENERAL, '/partners show Oakfield 1');
    await product.sandbox.waitFor(() => isPlain(client, HOME, new Date()));
    const refused = refuseNewer('chat.update');
    const message = await digest();
    expect([isNewer(message?.blocks), refused(), actionsOf(message)]).toEqual([false, 0, asCards]);
    expect(JSON.stringify(message?.blocks)).toContain('Reasons and evidence: Oakfield 1');
  });
});
