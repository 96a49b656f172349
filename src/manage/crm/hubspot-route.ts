import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { syncCrmJob } from '../../../jobs/manage/sync-crm.ts';
import type { Deps, Route } from '../../deps.ts';
import { readBody } from '../../platform/read-body.ts';
import { workspaceOfCrm } from './connect-crm.ts';

/** HubSpot sends at most 100 events at once. */
const MOST_BYTES = 1_000_000;
const MOST_MS = 5 * 60_000;
const PATH = '/crm/hubspot';

type Tools = Pick<Deps, 'crm' | 'enqueue' | 'log' | 'now' | 'publicUrl'>;
type Settings = { HUBSPOT_WEBHOOK_SECRET?: string | undefined };

/** `POST /crm/hubspot`: HubSpot says that something has changed. What it says is not read: it only brings the next run forward, which asks HubSpot
 *  itself. Signed (`X-HubSpot-Signature-v3`): base64 of the HMAC-SHA256 of method, address, body and timestamp with the app's secret, not older than five
 *  minutes. 204 taken; 401 not signed, or not now; 413 too large. Without a secret and a public address there is no route. Source:
 *  developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation. */
export function hubspotRoutes({ HUBSPOT_WEBHOOK_SECRET: secret }: Settings, tools: Tools): Route[] {
  if (!secret) return [];
  const answer = async (request: IncomingMessage): Promise<number> => {
    const timestamp = single(request.headers['x-hubspot-request-timestamp']);
    if (!/^\d{10,15}$/.test(timestamp) || Math.abs(tools.now().getTime() - Number(timestamp)) > MOST_MS) return 401;
    const body = await readBody(request, MOST_BYTES);
    if (typeof body === 'number') return body;
    const signed = createHmac('sha256', secret)
      .update(`POST${tools.publicUrl ?? ''}${PATH}`)
      .update(body)
      .update(timestamp)
      .digest();
    const given = Buffer.from(single(request.headers['x-hubspot-signature-v3']), 'base64');
    if (given.length !== signed.length || !timingSafeEqual(given, signed)) return 401;
    const workspaceId = tools.crm && (await workspaceOfCrm(tools.crm));
    if (workspaceId) await tools.enqueue(syncCrmJob, { workspaceId });
    return 204;
  };
  const handler = async (request: IncomingMessage, response: ServerResponse) => {
    // Errors end here: Bolt would let one end the process.
    const status = await answer(request).catch((err: unknown) => {
      tools.log.error({ err }, 'a hint of the CRM could not be taken');
      return 503;
    });
    response.writeHead(status, status === 204 ? {} : { connection: 'close' }).end();
  };
  return [{ path: PATH, method: ['POST'], handler }];
}

function single(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}
