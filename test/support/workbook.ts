import { strToU8, zipSync } from 'fflate';

/** A workbook with these sheets; `shared` are the texts that cells name by their number. */
export function workbook(
  sheets: string[],
  { shared = '', parts = {} }: { shared?: string; parts?: Record<string, Uint8Array> } = {},
): Uint8Array {
  const names = sheets.map((_, index) => `<sheet name="S${index}" r:id="r${index}"/>`).join('');
  const targets = sheets.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/sheet${index}.xml"/>`).join('');
  const texts = {
    'xl/workbook.xml': `<workbook><sheets>${names}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${targets}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${shared}</sst>`,
    ...Object.fromEntries(
      sheets.map((inside, index) => [`xl/worksheets/sheet${index}.xml`, `<worksheet><sheetData>${inside}</sheetData></worksheet>`]),
    ),
  };
  return zipSync({ ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(text)])), ...parts });
}

export const textCell = (text: string, ref = '') => `<c${ref ? ` r="${ref}"` : ''} t="inlineStr"><is><t>${text}</t></is></c>`;

/** A workbook of one sheet, whose numbers are numbers as Excel keeps them. */
export function sheetOf(...rows: (string | number)[][]): Uint8Array {
  const written = rows.map((row) => row.map((value) => (typeof value === 'number' ? `<c><v>${value}</v></c>` : textCell(value))));
  return workbook([written.map((cells) => `<row>${cells.join('')}</row>`).join('')]);
}
