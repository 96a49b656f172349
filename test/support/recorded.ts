import { readdirSync, readFileSync } from 'node:fs';

/** Payloads as the sandbox sends them in Slack's shapes, trimmed of blocks that nobody reads; by file name. */
const FOLDER = new URL('./payloads/', import.meta.url);

export type Payload = Record<string, unknown>;

export const RECORDED = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''));

/** One recorded payload; `url` stands in for the sandbox it was recorded in. */
export function recorded(name: string, url: string): Payload {
  const text = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8');
  // The files hold objects; a test that breaks them does it on purpose, later.
  return JSON.parse(text.replaceAll('http://127.0.0.1:9', url)) as Payload;
}

export type RawRequest = { body: string; type: Record<string, string> };

/** The bytes as Slack sends each kind: events as JSON, commands as a form, everything else as JSON in a form's `payload`. */
export function asRequest(name: string, payload: unknown): RawRequest {
  if (name.startsWith('event')) return { body: JSON.stringify(payload), type: { 'content-type': 'application/json' } };
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  if (name !== 'command') return { body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), type };
  const fields = Object.entries(Object(payload)).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { body: new URLSearchParams(fields).toString(), type };
}
