import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { settleConversions as settleJob } from '../../../jobs/measure/settle-conversions.ts';
import type { Deps, Route } from '../../deps.ts';
import { parseJson } from '../../platform/parse-json.ts';
import { readBody } from '../../platform/read-body.ts';
import { unseal } from '../../platform/seal.ts';
import { aboutSecret, type LinkRules } from '../links/link-rules.ts';
import { findRulesOfHook } from '../links/link-rules-repository.ts';
import type { Told } from './conversion.ts';
import { insertConversion } from './conversion-repository.ts';
import { OwnEvent, readOwnEvent } from './own-event.ts';
import { isOurs, isStripes } from './signature.ts';
import { readStripeEvent, STRIPE_TYPES, StripeEvent } from './stripe-event.ts';

/** An event of Stripe with all its lines is shorter. */
const MOST_BYTES = 512 * 1024;
/** Bodies that are read at one time. */
const MOST_AT_ONCE = 50;
/** Of these, to one address: whoever floods one leaves room for the others. */
const MOST_OF_ONE = 25;

type Tools = Pick<Deps, 'dataKeys' | 'enqueue' | 'log' | 'now'>;
type Answer = { status: number; body?: object };

/** `POST /conversions/ID`: sign-ups, sales and refunds of customers, one event a request, signed by us (`x-partnerships-signature`) or by Stripe
 *  (`Stripe-Signature`). 202 says that it is kept, also when it was kept before; 200 that it is none we count; 401 not signed, or not now, or no
 *  such address; 422 what is wrong with it; 413 too large; 503 try again. `tools` is read at each request. */
export function conversionRoutes(tools: Tools): Route[] {
  let underWay = 0;
  const ofOne = new Map<string, number>();
  const handler: Route['handler'] = async (request, response) => {
    const hookId = request.url?.split('?')[0]?.split('/').at(-1) ?? '';
    const before = ofOne.get(hookId) ?? 0;
    if (underWay >= MOST_AT_ONCE || before >= MOST_OF_ONE)
      return void response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end();
    underWay++;
    ofOne.set(hookId, before + 1);
    // Errors end here: the sender tries again.
    const { status, body } = await answer(request, hookId, tools)
      .catch((err: unknown): Answer => {
        tools.log.error({ err }, 'a conversion could not be taken');
        return { status: 503 };
      })
      .finally(() => {
        underWay--;
        const left = (ofOne.get(hookId) ?? 1) - 1;
        if (left > 0) ofOne.set(hookId, left);
        else ofOne.delete(hookId);
      });
    const text = body ? JSON.stringify(body) : '';
    const close = !request.complete ? { connection: 'close' } : {};
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...close }).end(text);
  };
  return [{ path: '/conversions/:id', method: ['POST'], handler }];
}

/** Nothing is read that is sent to no address of ours. */
async function answer(request: IncomingMessage, hookId: string, tools: Tools): Promise<Answer> {
  const rules = await findRulesOfHook(hookId);
  if (!rules) return { status: 401 };
  const body = await readBody(request, MOST_BYTES);
  if (typeof body === 'number') return { status: body };
  const isFromStripe = request.headers['stripe-signature'] !== undefined;
  if (!isSigned(request, body, rules, isFromStripe, tools)) {
    tools.log.warn({ workspace: rules.workspaceId }, 'a conversion without a good signature was refused');
    return { status: 401 };
  }
  const read = isFromStripe ? readStripe(body) : readOwn(body, tools.now());
  if (!Array.isArray(read)) return read;
  if (read.length === 0) return { status: 200, body: { counted: false } };
  for (const told of read) await keep(rules.workspaceId, told, tools);
  await tools.enqueue(settleJob, {});
  return { status: 202, body: { counted: true } };
}

function isSigned({ headers }: IncomingMessage, body: Buffer, rules: LinkRules, isFromStripe: boolean, { dataKeys, now }: Tools): boolean {
  const which = isFromStripe ? 'stripe' : 'secret';
  const kept = rules[which];
  if (!kept) return false;
  const secret = unseal(kept.sealed, dataKeys, aboutSecret(rules.workspaceId, which));
  if (isFromStripe) return isStripes(String(headers['stripe-signature']), body, secret, now());
  const [timestamp, signature] = [headers['x-partnerships-timestamp'], headers['x-partnerships-signature']].map((one) => String(one ?? ''));
  return isOurs({ timestamp: timestamp ?? '', signature: signature ?? '' }, body, secret, now());
}

function readOwn(body: Buffer, now: Date): Told[] | Answer {
  const { success, data, error } = OwnEvent.safeParse(parseJson(body.toString()));
  if (success) return [readOwnEvent(data, now)];
  return { status: 422, body: { problems: problemsIn(error) } };
}

/** Stripe sends what its endpoint is set to: other types of events are no fault. One of ours that cannot be read is, and Stripe shows it as
 *  failed. */
function readStripe(body: Buffer): Told[] | Answer {
  const event = parseJson(body.toString());
  const typed = z.object({ type: z.string() }).safeParse(event);
  if (typed.success && !STRIPE_TYPES.has(typed.data.type)) return [];
  const { success, data, error } = StripeEvent.safeParse(event);
  return success ? readStripeEvent(data) : { status: 422, body: { problems: problemsIn(error) } };
}

function problemsIn({ issues }: z.ZodError): string[] {
  return issues.slice(0, 10).map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`);
}

async function keep(workspaceId: string, told: Told, { now, log }: Tools): Promise<void> {
  const at = now();
  const changed = await insertConversion({ ...told, workspaceId, receivedAt: at, state: 'waiting', due: at });
  log.info({ workspace: workspaceId, conversion: told.id, kind: told.kind, changed }, 'conversion taken');
}
