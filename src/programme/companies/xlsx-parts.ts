import { Refusal } from '../../errors.ts';
import { createPause } from '../../platform/slices.ts';
import { MAX_FILE_BYTES, unreadable } from './file-problems.ts';

/** A workbook has some dozens of parts. */
const MAX_PARTS = 1_000;
/** Unpacked at once: what is packed as tightly as can be grows a thousandfold. */
const CHUNK = 1024;

/**
 * The parts of a workbook that hold cells, by their names, unpacked. Refuses with `file-unreadable` more parts or bytes than a list of
 * companies has, by what the zip says of itself before anything is unpacked and by what really comes out, and what is no zip.
 */
export async function unpackWorkbook(zip: Uint8Array): Promise<Map<string, Buffer>> {
  // Loaded with the first workbook: a process that is just starting does not pay for it.
  const { Unzip, UnzipInflate } = await import('fflate');
  const parts = new Map<string, Uint8Array[]>();
  const open = new Set<string>();
  let [count, said, length] = [0, 0, 0];
  const unzip = new Unzip((file) => {
    said += file.originalSize ?? 0;
    if (++count > MAX_PARTS || said >= MAX_FILE_BYTES) throw unreadable('too-large');
    if (!isWanted(file.name)) return;
    const chunks: Uint8Array[] = [];
    parts.set(file.name, chunks);
    open.add(file.name);
    file.ondata = (error, chunk, isLast) => {
      if (error) throw asRefusal(error);
      length += chunk.length;
      if (length >= MAX_FILE_BYTES) throw unreadable('too-large');
      // A copy: the unpacker uses its own again.
      chunks.push(chunk.slice());
      if (isLast) open.delete(file.name);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const pause = createPause();
  for (let at = 0; at < zip.length; at += CHUNK) {
    try {
      unzip.push(zip.subarray(at, at + CHUNK), at + CHUNK >= zip.length);
    } catch (error) {
      throw asRefusal(error);
    }
    const wait = pause();
    if (wait) await wait;
  }
  if (open.size > 0) throw unreadable('spreadsheet');
  return new Map([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]));
}

/** The unpacker hands on what is thrown while it works, also our own. */
function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : unreadable('spreadsheet', {}, error);
}

function isWanted(name: string): boolean {
  return /^xl\/(?:workbook\.xml|sharedStrings\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml|worksheets\/_rels\/[^/]+\.xml\.rels)$/i.test(
    name,
  );
}
