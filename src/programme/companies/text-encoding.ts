import { isUtf8 } from 'node:buffer';
import { createPause } from '../../platform/slices.ts';
import { MAX_FILE_BYTES, unreadable } from './file-problems.ts';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const MARKS: { bytes: number[]; encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];
/** Decoded before others get their turn. */
const CHUNK = 64 * 1024;

/**
 * The text as UTF-8 without byte order mark and without NUL bytes. A mark decides the encoding; without one it is UTF-16 by its zeros, else
 * UTF-8 where that is valid, else Windows-1252, which European spreadsheets write. Refuses with `file-unreadable` what is no text, and what
 * gets too large.
 */
export async function toUtf8(bytes: Uint8Array): Promise<Uint8Array> {
  const mark = MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(mark?.bytes.length ?? 0);
  const encoding = mark?.encoding ?? encodingByContent(content);
  if (encoding === 'utf-8' && !content.includes(0) && isUtf8(content)) return content;
  return decoded(content, encoding);
}

function encodingByContent(content: Buffer): Encoding {
  const utf16 = utf16ByZeros(content);
  if (utf16) return utf16;
  if (!looksLikeText(content)) throw unreadable('binary');
  return isUtf8(content) ? 'utf-8' : 'windows-1252';
}

async function decoded(content: Buffer, encoding: Encoding): Promise<Uint8Array> {
  const decoder = encoding === 'windows-1252' ? null : new TextDecoder(encoding, { ignoreBOM: true });
  const pause = createPause();
  const parts: Buffer[] = [];
  let length = 0;
  for (let at = 0; at < content.length; at += CHUNK) {
    const wait = pause();
    if (wait) await wait;
    const some = content.subarray(at, at + CHUNK);
    const text = decoder ? decoder.decode(some, { stream: at + CHUNK < content.length }) : fromWindows1252(some);
    const part = Buffer.from(text.replaceAll('\0', ''));
    length += part.length;
    if (length >= MAX_FILE_BYTES) throw unreadable('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Stray control characters that the shortest text may have. */
const A_FEW = 3;

/** What Windows-1252 has at 0x80 to 0x9f. Written out, because the decoder of several Node versions gives control characters there. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function fromWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (one) => WINDOWS_1252[one.charCodeAt(0) - 0x80] ?? one);
}

/** Every other byte of Latin letters, digits and delimiters is zero in UTF-16: the second where the low byte comes first. */
function utf16ByZeros(content: Buffer): 'utf-16le' | 'utf-16be' | null {
  const start = content.subarray(0, 1_000);
  const zeros = (parity: number): number => start.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (Math.max(even, odd) < start.length * 0.15 || Math.min(even, odd) > start.length * 0.02) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Text of any encoding has letters and line breaks, and hardly any of the control characters that fill other files. */
function looksLikeText(content: Buffer): boolean {
  const start = content.subarray(0, 10_000);
  const controls = start.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d).length;
  return controls <= Math.max(A_FEW, start.length * 0.01);
}
