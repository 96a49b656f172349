import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import type { Deps, Route } from '../../deps.ts';
import { takeMail } from '../replies/take-mail.ts';
import { MOST_BYTES } from './mail.ts';

/** More than mail providers let through. Of a mail larger than `MOST_BYTES`, the rest is heard for its signature and not kept. */
const MOST_HEARD = 40_000_000;
/** Each may be kept in memory up to `MOST_BYTES`. Mail services try again. */
const MOST_AT_ONCE = 10;
/** Seconds by which a signature may be older or newer than our clock. */
const MOST_SECONDS = 300;

type Tools = Pick<Deps, 'enqueue' | 'log' | 'now'>;

/** `POST /mail/inbound`: whoever receives mail for us hands it over as it came (RFC 822). Signed with the shared secret: header
 *  `x-partnerships-timestamp` (Unix seconds) and `x-partnerships-signature`, `v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`. 202 says
 *  that the mail is kept, or is none of ours; 401 not signed, or not now; 413 more than 40 MB; 503 try again. No secret, no route. */
export function inboundRoutes({ INBOUND_MAIL_SECRET: secret }: { INBOUND_MAIL_SECRET?: string | undefined }, tools: Tools): Route[] {
  if (!secret) return [];
  let underWay = 0;
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    underWay += 1;
    const taking = underWay > MOST_AT_ONCE ? Promise.resolve(refused(tools.log, 503)) : answer(request, secret, tools);
    // Errors end here: Bolt would let one end the process.
    const status = await taking.catch((err: unknown) => {
      tools.log.error({ err }, 'an inbound mail could not be taken');
      return 503;
    });
    underWay -= 1;
    response.writeHead(status, status === 202 ? {} : { connection: 'close' }).end();
  };
  return [{ path: '/mail/inbound', method: ['POST'], handler }];
}

async function answer(request: IncomingMessage, secret: string, { enqueue, log, now }: Tools): Promise<number> {
  const timestamp = single(request.headers['x-partnerships-timestamp']);
  const signature = single(request.headers['x-partnerships-signature']);
  if (!isNow(timestamp, now()) || !/^v0=[0-9a-f]{64}$/.test(signature)) return refused(log, 401);
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`);
  const bytes = await readBody(request, hmac);
  if (bytes === null) return refused(log, 413);
  if (!timingSafeEqual(Buffer.from(signature.slice(3), 'hex'), hmac.digest())) return refused(log, 401);
  const taken = await takeMail(bytes, now(), now, (workspaces) => {
    log.warn({ workspaces }, 'a mail may answer several workspaces and is left with none');
  });
  if (!taken) {
    log.debug('an inbound mail answers none of ours');
    return 202;
  }
  const { id: replyId, workspaceId, kind } = taken.reply;
  log.info({ workspace: workspaceId, reply: replyId, kind, changed: taken.changed }, 'reply taken');
  await enqueue(settleReplyJob, { workspaceId, replyId });
  return 202;
}

function refused(log: Tools['log'], status: number): number {
  log.warn({ status }, 'an inbound mail was refused');
  return status;
}

function isNow(timestamp: string, at: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - at.getTime() / 1000) <= MOST_SECONDS;
}

/** What is read of a mail; all of it goes into the signature. Null for more than a mail may have. */
async function readBody(request: IncomingMessage, hmac: Hmac): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_HEARD) return null;
  const chunks: Buffer[] = [];
  let heard = 0;
  // Left before its end, the request stays open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    hmac.update(chunk);
    if (heard <= MOST_BYTES) chunks.push(chunk);
    heard += chunk.length;
    if (heard > MOST_HEARD) return null;
  }
  return Buffer.concat(chunks);
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
