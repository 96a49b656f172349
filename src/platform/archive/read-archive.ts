import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { parseJson } from '../parse-json.ts';
import { ArchiveError, type Contents, fileName, lineTally, MANIFEST, Manifest, type OnProgress, VERSION } from './archive-format.ts';

const AnyVersion = z.object({ format: z.literal('partnerships-archive'), version: z.number() });

/** Reads `manifest.json`. Throws a sentence when there is none, when it is not ours, or when it is of another version. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch((cause: unknown) => {
    throw new ArchiveError(`There is no ${MANIFEST} in ${folder}. Name the folder that an export made.`, { cause });
  });
  const read = parseJson(text);
  const known = AnyVersion.safeParse(read);
  if (!known.success) throw new ArchiveError(`${MANIFEST} in ${folder} is not the list of an export, or is damaged. Use another copy.`);
  if (known.data.version !== VERSION) {
    throw new ArchiveError(
      `This archive has version ${known.data.version}; version ${VERSION} is what this programme reads. Update the programme.`,
    );
  }
  const manifest = Manifest.safeParse(read);
  if (!manifest.success) throw new ArchiveError(`${MANIFEST} in ${folder} is damaged. Use another copy.`);
  return manifest.data;
}

/** Reads every file of the archive once and compares count and checksum; throws a sentence for the first that differs. */
export async function verifyArchive(folder: string, manifest: Manifest, onProgress?: OnProgress): Promise<void> {
  for (const expected of manifest.collections) {
    const tally = lineTally(expected.collection, onProgress);
    for await (const line of archiveLines(folder, expected.collection, manifest.gzip)) tally.add(line);
    demandSame(expected, tally.contents(), `${fileName(expected.collection, manifest.gzip)} was changed or damaged`, 'Use another copy.');
  }
}

/** Throws `${what}: …` when two tallies of one collection differ. */
export function demandSame(expected: Contents, found: Contents, what: string, next: string): void {
  if (found.documents !== expected.documents) {
    throw new ArchiveError(`${what}: ${found.documents} documents instead of ${expected.documents}. ${next}`);
  }
  if (found.sha256 !== expected.sha256) throw new ArchiveError(`${what}: its checksum is not the one in ${MANIFEST}. ${next}`);
}

export async function* archiveLines(folder: string, collection: string, gzip: boolean): AsyncGenerator<string> {
  const name = fileName(collection, gzip);
  const path = join(folder, name);
  await access(path).catch((cause: unknown) => {
    throw new ArchiveError(`${name} is missing in ${folder}, or cannot be read. Use another copy.`, { cause });
  });
  // Without a callback an error would end the process; whoever reads the last stream meets it there.
  const unpacked = pipeline(createReadStream(path), gzip ? createGunzip() : new PassThrough(), () => {});
  try {
    yield* linesOf(unpacked);
  } catch (cause) {
    throw new ArchiveError(`${name} cannot be unpacked: it was changed or damaged. Use another copy.`, { cause });
  }
}

/** Only `\n` ends a line, so that a changed byte can never pass as another kind of line end. */
async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest;
}
