/** Of pdfkit, which brings no types, what `pdf.ts` uses. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  class PDFDocument extends Readable {
    constructor(options: {
      size: 'A4';
      margin: number;
      compress: boolean;
      font: string;
      lang: string;
      info: { Title: string; CreationDate: Date };
    });
    /** The font in use, as fontkit reads it; not documented. */
    _font: { font: { hasGlyphForCodePoint: (codePoint: number) => boolean } };
    fontSize(points: number): this;
    text(words: string, options?: { paragraphGap?: number }): this;
    moveDown(lines?: number): this;
    /** Where the next part begins, in points from the top. */
    y: number;
    page: { maxY: () => number };
    addPage(): this;
    image(png: Buffer, options: { fit: [width: number, height: number] }): this;
    file(bytes: Buffer, options: { name: string; type: string; description: string; creationDate: Date }): this;
    end(): void;
  }
  export default PDFDocument;
}
