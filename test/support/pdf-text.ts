/** The text of a PDF that was written without compression, line by line: of each glyph that is shown the letters that the font's own table says. It
 *  reads what `writePdf` makes, with one font. */
export function pdfText(bytes: Buffer): string {
  const source = bytes.toString('latin1');
  const letters = new Map<number, string>();
  for (const [, from = '', list = ''] of source.matchAll(/^<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*)\]$/gm)) {
    const codes = [...list.matchAll(/<([0-9a-f ]+)>/g)].map(([, hex = '']) => hex);
    for (const [index, hex] of codes.entries()) letters.set(Number.parseInt(from, 16) + index, fromUtf16(hex));
  }
  const lines = [...source.matchAll(/^\[(.*)\] TJ$/gm)].map(([, shown = '']) =>
    [...shown.matchAll(/<([0-9a-f]+)>/g)]
      .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      .map((glyph) => letters.get(Number.parseInt(glyph, 16)) ?? '�')
      .join(''),
  );
  return lines.join('\n');
}

function fromUtf16(hex: string): string {
  const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
  return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
}
