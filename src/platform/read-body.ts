import type { IncomingMessage } from 'node:http';

/** A body that takes longer has nobody behind it. */
const READ_WITHIN_MS = 10_000;

/** The whole body of a short request, or the status that refuses it: 408 slower than ten seconds or broken off, 413 too large. */
export async function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | 408 | 413> {
  const tooSlow = setTimeout(() => request.destroy(new Error('too slow')), READ_WITHIN_MS);
  const chunks: Buffer[] = [];
  let heard = 0;
  try {
    // Left before its end, the request stays open for the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      heard += chunk.length;
      if (heard > mostBytes) return 413;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    // Broken off, or too slow.
    return 408;
  } finally {
    clearTimeout(tooSlow);
  }
}
