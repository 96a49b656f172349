import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import type { Deps, Route } from '../../deps.ts';
import { takeMail } from '../replies/take-mail.ts';
import { MOST_BYTES } from './mail.ts';

/** More than mail providers let through. Of a mail larger than `MOST_BYTES`, the rest is heard for its signature and not kept. */
const MOST_HEARD = 40_000_000;
/** Of all mails that are being read; more are answered with 503, and mail services try again. Whose a mail is shows at its end only, so room is
 *  taken by what has come: who sends nothing takes none. */
const MOST_TOGETHER = 10 * MOST_BYTES;
/** Signed mails that are being taken, each of up to `MOST_BYTES`; with more it is the same. */
const MOST_AT_ONCE = 10;
/** For a whole body. */
const READ_WITHIN_MS = 10_000;
/** Seconds by which a signature may be older or newer than our clock. */
const MOST_SECONDS = 300;

type Tools = Pick<Deps, 'enqueue' | 'log' | 'now'>;

/** `POST /mail/inbound`: whoever receives mail for us hands it over as it came (RFC 822). Signed with the shared secret: header
 *  `x-partnerships-timestamp` (Unix seconds) and `x-partnerships-signature`, `v0=` and the hex HMAC-SHA256 of `v0:timestamp:body`. 202 says
 *  that the mail is kept, or is none of ours; 401 not signed, or not now; 408 slower than ten
 *  seconds; 413 more than 40 MB; 503 try again. No secret, no route. */
export function inboundRoutes({ INBOUND_MAIL_SECRET: secret }: { INBOUND_MAIL_SECRET?: string | undefined }, tools: Tools): Route[] {
  if (!secret) return [];
  const readSigned = createSignedReader(secret, tools.now);
  let underWay = 0;
  const answer = async (request: IncomingMessage) => {
    const bytes = await readSigned(request);
    if (typeof bytes === 'number') return refused(tools.log, bytes);
    if (underWay >= MOST_AT_ONCE) return refused(tools.log, 503);
    underWay += 1;
    return take(bytes, tools).finally(() => {
      underWay -= 1;
    });
  };
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    // Errors end here: Bolt would let one end the process.
    const status = await answer(request).catch((err: unknown) => {
      tools.log.error({ err }, 'an inbound mail could not be taken');
      return 503;
    });
    response.writeHead(status, status === 202 ? {} : { connection: 'close' }).end();
  };
  return [{ path: '/mail/inbound', method: ['POST'], handler }];
}

async function take(bytes: Buffer, { enqueue, log, now }: Tools): Promise<202> {
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

/** Reads a mail, or gives the status that refuses it. */
function createSignedReader(secret: string, now: Deps['now']): (request: IncomingMessage) => Promise<Buffer | 401 | 408 | 413 | 503> {
  const readBody = createBodyReader();
  return async (request) => {
    const timestamp = single(request.headers['x-partnerships-timestamp']);
    const signature = single(request.headers['x-partnerships-signature']);
    if (!isNow(timestamp, now()) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 401;
    const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`);
    const bytes = await readBody(request, hmac);
    if (typeof bytes === 'number') return bytes;
    return timingSafeEqual(Buffer.from(signature.slice(3), 'hex'), hmac.digest()) ? bytes : 401;
  };
}

function refused(log: Tools['log'], status: number): number {
  log.warn({ status }, 'an inbound mail was refused');
  return status;
}

function isNow(timestamp: string, at: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - at.getTime() / 1000) <= MOST_SECONDS;
}

type ReadBody = (request: IncomingMessage, hmac: Hmac) => Promise<Buffer | 408 | 413 | 503>;

/** Reads what is kept of a mail; all of it goes into the signature. Gives the status that refuses a mail it does not read to its end. */
function createBodyReader(): ReadBody {
  let together = 0;
  return async (request, hmac) => {
    if (Number(request.headers['content-length'] ?? 0) > MOST_HEARD) return 413;
    const tooSlow = setTimeout(() => request.destroy(new Error('too slow')), READ_WITHIN_MS);
    const chunks: Buffer[] = [];
    let [heard, kept] = [0, 0];
    try {
      // Left before its end, the request stays open for the answer.
      for await (const chunk of request.iterator({ destroyOnReturn: false })) {
        hmac.update(chunk);
        if (heard <= MOST_BYTES) {
          chunks.push(chunk);
          kept += chunk.length;
          together += chunk.length;
        }
        heard += chunk.length;
        if (heard > MOST_HEARD) return 413;
        if (together > MOST_TOGETHER) return 503;
      }
      return Buffer.concat(chunks);
    } catch {
      // Broken off, or too slow.
      return 408;
    } finally {
      clearTimeout(tooSlow);
      together -= kept;
    }
  };
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
