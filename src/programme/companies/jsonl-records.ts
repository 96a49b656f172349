import { parseJson } from '../../platform/parse-json.ts';

const NEWLINE = 0x0a;

/** `object` is null where the line is no JSON object. It has no prototype: a key such as `constructor` is there only if the line has it. */
export type JsonRecord = { line: number; object: Record<string, unknown> | null };

/** The lines of a JSONL text in UTF-8, blank ones left out. */
export function* jsonlRecords(bytes: Uint8Array): Generator<JsonRecord> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let line = 0;
  for (let at = 0; at < buffer.length; ) {
    const found = buffer.indexOf(NEWLINE, at);
    const end = found === -1 ? buffer.length : found;
    const text = buffer.toString('utf8', at, end).trim();
    at = end + 1;
    line++;
    if (text !== '') yield { line, object: objectIn(text) };
  }
}

function objectIn(text: string): Record<string, unknown> | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.setPrototypeOf(value, null);
}
