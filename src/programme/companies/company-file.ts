import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Refusal } from '../../errors.ts';
import { type FileProblem, MAX_FILE_BYTES } from './file-problems.ts';

export type SniffedFile = { format: 'csv' | 'jsonl'; text: Uint8Array };

const unpack = promisify(gunzip);
const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** First bytes of files people choose by mistake. */
const SIGNATURES: { bytes: number[]; problem: FileProblem }[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], problem: 'spreadsheet' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], problem: 'archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], problem: 'archive' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58], problem: 'archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], problem: 'archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], problem: 'binary' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], problem: 'archive' },
  { bytes: [0xff, 0xfe], problem: 'utf16' },
  { bytes: [0xfe, 0xff], problem: 'utf16' },
  { bytes: GZIP, problem: 'gzip-twice' },
];

/** Tells by its content what a file is and unpacks one layer of gzip; `text` is UTF-8 without byte order mark. Refuses with `file-unreadable`. */
export async function sniffCompanyFile(bytes: Uint8Array, name: string): Promise<SniffedFile> {
  if (bytes.length >= MAX_FILE_BYTES) throw unreadable('too-large');
  const content = startsWith(bytes, GZIP) ? await unpacked(bytes) : bytes;
  const known = SIGNATURES.find((signature) => startsWith(content, signature.bytes));
  if (known) throw unreadable(known.problem);
  if (startsWith(content, ZIP)) throw unreadable(isSpreadsheet(content, name) ? 'spreadsheet' : 'archive');
  const text = startsWith(content, [0xef, 0xbb, 0xbf]) ? content.subarray(3) : content;
  // Of a Buffer, which looks at many bytes at once; a typed array takes a tenth of a second for a large file.
  if (Buffer.from(text.buffer, text.byteOffset, text.byteLength).includes(0)) throw unreadable(isUtf16(text) ? 'utf16' : 'binary');
  if (!isUtf8(text)) throw unreadable(looksLikeText(text) ? 'encoding' : 'binary');
  return { format: formatOf(text), text };
}

export function unreadable(problem: FileProblem, details: Record<string, string | number> = {}, cause?: unknown): Refusal {
  return new Refusal('file-unreadable', { problem, ...details }, { cause });
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: MAX_FILE_BYTES - 1 });
  } catch (error) {
    const tooLarge = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw unreadable(tooLarge ? 'too-large' : 'gzip-broken', {}, error);
  }
}

function formatOf(text: Uint8Array): 'csv' | 'jsonl' {
  const start = new TextDecoder().decode(text.subarray(0, 4_096)).trimStart();
  if (start === '' && text.length <= 4_096) throw unreadable('empty');
  if (start.startsWith('<')) throw unreadable('web-page');
  if (start.startsWith('[')) throw unreadable('json-document');
  return start.startsWith('{') ? 'jsonl' : 'csv';
}

function startsWith(bytes: Uint8Array, start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function isSpreadsheet(zip: Uint8Array, name: string): boolean {
  const start = Buffer.from(zip.subarray(0, 4_096)).toString('latin1');
  return /\.(xlsx|xlsm|ods|numbers)(\.gz)?$/i.test(name) || /xl\/|\[Content_Types\]\.xml|opendocument\.spreadsheet/.test(start);
}

/** UTF-16 without its mark: in Latin text every other byte is zero. */
function isUtf16(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 1_000);
  const zeros = (parity: number): number => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  return Math.max(zeros(0), zeros(1)) > start.length * 0.4 && Math.min(zeros(0), zeros(1)) < start.length * 0.05;
}

/** Text of another encoding has letters and line breaks, and none of the control characters that fill other files. */
function looksLikeText(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 10_000);
  const controls = start.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d).length;
  return controls <= start.length * 0.01;
}
