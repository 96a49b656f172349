import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { createPause } from './slices.ts';

/** Covers Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian script. What it has is embedded, and only what is used of it. */
const FONT = 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf';

/** A place to break at that nobody sees. */
const ZERO_WIDTH_SPACE = '\u200b';

export type PdfPart =
  | { kind: 'title' | 'heading' | 'text' | 'small'; words: string }
  /** A PNG of 16 to 9, with words below that say what it shows. */
  | { kind: 'picture'; png: Buffer; words: string }
  /** What follows begins a page of its own. */
  | { kind: 'page' };
export type Pdf = {
  title: string;
  parts: readonly PdfPart[];
  at: Date;
  /** A file inside the PDF, byte for byte. */
  attached?: { name: string; bytes: Buffer };
  /** False leaves the streams readable, for whoever checks what is inside. */
  compress?: boolean;
};

const SIZES = { title: 20, heading: 12, text: 10, small: 8, picture: 8 } as const;
/** Of a picture, in points: its width, and the height that goes with it. */
const PICTURE = { width: 400, height: 224 } as const;

/** A plain document, part under part, over as many pages as it takes. A letter that the font does not have is written as its number, such as
 *  [U+674E], so that none is lost without a trace. */
export async function writePdf({ title, parts, at, attached, compress = true }: Pdf): Promise<Buffer> {
  const font = createRequire(import.meta.url).resolve(FONT);
  const document = new PDFDocument({ size: 'A4', margin: 56, compress, font, lang: 'en', info: { Title: title, CreationDate: at } });
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => document.on('end', resolve).on('error', reject));
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const { font: letters } = document._font;
  const drawable = (words: string) =>
    words
      .normalize('NFC')
      .replaceAll('\t', '    ')
      .replace(/[^\n]/gu, (letter) => {
        const code = letter.codePointAt(0) ?? 0;
        if (code < 32 || code === 0xfeff) return '';
        return letters.hasGlyphForCodePoint(code) ? letter : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
      })
      // Where a run has no place to break at, setting it takes time that grows with its square.
      .replace(/\S{80}(?=\S)/gu, `$&${ZERO_WIDTH_SPACE}`);
  const pause = createPause();
  for (const part of parts) {
    // Setting long texts takes a while: others have their turn between parts.
    const wait = pause();
    if (wait) await wait;
    if (part.kind === 'page') {
      document.addPage();
      continue;
    }
    if (part.kind === 'heading') document.moveDown();
    if (part.kind === 'picture') {
      if (document.y + PICTURE.height > document.page.maxY()) document.addPage();
      document.image(part.png, { fit: [PICTURE.width, PICTURE.height] });
    }
    document.fontSize(SIZES[part.kind]).text(drawable(part.words) || ' ', { paragraphGap: 4 });
  }
  if (attached) document.file(attached.bytes, { name: attached.name, type: 'application/pdf', description: title, creationDate: at });
  document.end();
  await done;
  return Buffer.concat(chunks);
}
