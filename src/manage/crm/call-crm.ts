import { z } from 'zod';
import { parseJson } from '../../platform/parse-json.ts';
import { CrmTrouble } from './crm-adapter.ts';

export type CrmRequest = { method?: 'GET' | 'POST' | 'PATCH' | 'PUT'; path: string; body?: unknown };
/** Asks the CRM and gives what it answers; undefined for an empty answer. Throws `CrmTrouble`; 404 as `refused` with that status. */
export type CallCrm = (request: CrmRequest) => Promise<unknown>;

type Connection = {
  /** Where requests go; a path leads nowhere else, so that a token reaches no other host. */
  baseUrl: () => string;
  /** `fresh`: the last one was turned down. Null when there is no other. */
  token: (fresh: boolean) => Promise<string | null>;
  /** What the CRM says of a refusal in its own way. */
  explain: (status: number, answer: unknown) => { kind?: 'busy'; fields: string[] };
};

const TIMEOUT_MS = 30_000;
/** Nobody waits for longer, whatever a CRM asks for. */
const LONGEST_WAIT_MS = 10 * 60_000;
/** Where it does not say for how long: HubSpot counts calls by ten seconds. */
const WAIT_MS = 10_000;

export class CrmGone extends CrmTrouble {}

/** Calls a CRM over HTTPS, with a token that is renewed once when it is turned down (401). 429, and 503 with `Retry-After`, say for how long to leave it
 *  alone, at most ten minutes; other answers from 500 on and broken lines are `down`. Redirects are not followed. */
export function createCallCrm({ baseUrl, token, explain }: Connection): CallCrm {
  const send = async ({ method = 'GET', path, body }: CrmRequest, bearer: string) => {
    const headers = {
      authorization: `Bearer ${bearer}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const rest = { method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
    try {
      const answer = await fetch(crmUrl(baseUrl(), path), { ...rest, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: answer.status, wait: answer.headers.get('retry-after'), answer: parseJson(await answer.text()) };
    } catch (cause) {
      throw cause instanceof CrmTrouble ? cause : new CrmTrouble('down', { cause });
    }
  };
  return async (request) => {
    const bearer = await token(false);
    let got = await send(request, bearer ?? '');
    const other = got.status === 401 ? await token(true) : null;
    if (other) got = await send(request, other);
    const { status, wait, answer } = got;
    if (status < 300) return answer;
    const { kind, fields } = explain(status, answer);
    const waitMs = waitOf(wait);
    if (kind === 'busy' || status === 429 || (status === 503 && wait)) throw new CrmTrouble('busy', { waitMs, status });
    if (status >= 500) throw new CrmTrouble('down', { status });
    if (status === 404) throw new CrmGone('refused', { status });
    throw new CrmTrouble(fields.length > 0 ? 'fields' : 'refused', { status, fields });
  };
}

/** Beneath the base, and nowhere else, whatever an answer says where to read on. */
export function crmUrl(baseUrl: string, path: string): URL {
  const base = new URL(baseUrl);
  const url = new URL(path, base);
  if (!path.startsWith('/') || url.origin !== base.origin) throw new CrmTrouble('refused');
  return url;
}

/** Seconds, or a date; RFC 9110, 10.2.3. */
function waitOf(header: string | null): number {
  const seconds = Number(header ?? Number.NaN);
  const asked = Number.isNaN(seconds) ? Date.parse(header ?? '') - Date.now() : seconds * 1000;
  return Number.isNaN(asked) ? WAIT_MS : Math.min(Math.max(asked, 0), LONGEST_WAIT_MS);
}

/** Reads an answer; one that is off its schema is a fault of the line between us, not of a record. */
export function readAnswer<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const read = schema.safeParse(answer);
  if (!read.success) throw new CrmTrouble('down', { cause: new Error(z.prettifyError(read.error)) });
  return read.data;
}

/** Those of a page that can be read; of the others, their ids. */
export function readEach<Raw extends { id: string }, Found>(
  raws: readonly Raw[],
  read: (raw: Raw) => Found,
): { records: Found[]; unread: string[] } {
  const page: { records: Found[]; unread: string[] } = { records: [], unread: [] };
  for (const raw of raws) {
    try {
      page.records.push(read(raw));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      page.unread.push(raw.id.slice(0, 100));
    }
  }
  return page;
}
