import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type FileProblem, MAX_FILE_BYTES, unreadable } from './file-problems.ts';
import { toUtf8 } from './text-encoding.ts';

/** `text` is UTF-8 without byte order mark; of a workbook it is the zip as it stands. */
export type SniffedFile = { format: 'csv' | 'json' | 'xlsx'; text: Uint8Array };

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
  { bytes: GZIP, problem: 'gzip-twice' },
];

/** Tells by its content what a file is, unpacks one layer of gzip and decodes texts. Refuses with `file-unreadable`. */
export async function sniffCompanyFile(bytes: Uint8Array, name: string): Promise<SniffedFile> {
  if (bytes.length >= MAX_FILE_BYTES) throw unreadable('too-large');
  const content = startsWith(bytes, GZIP) ? await unpacked(bytes) : bytes;
  const known = SIGNATURES.find((signature) => startsWith(content, signature.bytes));
  if (known) throw unreadable(known.problem);
  if (startsWith(content, ZIP)) {
    if (!isSpreadsheet(content, name)) throw unreadable('archive');
    return { format: 'xlsx', text: content };
  }
  const text = await toUtf8(content);
  return { format: formatOf(text), text };
}

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await unpack(bytes, { maxOutputLength: MAX_FILE_BYTES - 1 });
  } catch (error) {
    const tooLarge = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw unreadable(tooLarge ? 'too-large' : 'gzip-broken', {}, error);
  }
}

function formatOf(text: Uint8Array): 'csv' | 'json' {
  const start = new TextDecoder().decode(text.subarray(0, 4_096)).trimStart();
  if (start === '' && text.length <= 4_096) throw unreadable('empty');
  if (start.startsWith('<')) throw unreadable('web-page');
  return /^[{[]/.test(start) ? 'json' : 'csv';
}

function startsWith(bytes: Uint8Array, start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function isSpreadsheet(zip: Uint8Array, name: string): boolean {
  const start = Buffer.from(zip.subarray(0, 4_096)).toString('latin1');
  return /\.(xlsx|xlsm|ods|numbers)(\.gz)?$/i.test(name) || /xl\/|\[Content_Types\]\.xml|opendocument\.spreadsheet/.test(start);
}
