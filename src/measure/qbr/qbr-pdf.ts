import type { Deal } from '../../manage/deals/deal.ts';
import { amountText, moneyWords } from '../../platform/money.ts';
import { type PdfPart, writePdf } from '../../platform/pdf.ts';
import { drawBars } from '../revenue/picture.ts';
import { OURS } from './next-steps.ts';
import { commissionLines, goalLines, lostLine, openLine, standingLines, stepWords, wonLine } from './qbr-words.ts';
import type { Inside, Pack } from './read-pack.ts';

/** Deals of each list on paper. */
const MOST_DEALS = 25;
const MOST_NOTES = 10;

/** The pack of a quarter. `inside` adds a page for the team; without it, it is what the partner may read. `costWords` names kinds of cost. */
export async function qbrPdf(
  pack: Pack,
  { inside, costWords, at, compress = true }: { inside: Inside | null; costWords: Record<string, string>; at: Date; compress?: boolean },
): Promise<Buffer> {
  const { partner, company, quarter, currency, open, won, lost, months, steps } = pack;
  const text = (words: string): PdfPart => ({ kind: 'text', words });
  const heading = (words: string): PdfPart => ({ kind: 'heading', words });
  const png = await drawBars({
    title: `Sourced revenue by month, ${currency}`,
    categories: months.map(({ month }) => month),
    series: [{ name: currency, values: months.map(({ minor }) => Number(amountText({ minor, currency }))) }],
  });
  const deals = (title: string, all: readonly Deal[], line: (deal: Deal) => string): PdfPart[] => [
    heading(`${title} (${all.length})`),
    ...(all.length === 0 ? [text('None')] : []),
    ...all.slice(0, MOST_DEALS).map((deal) => text(line(deal))),
    ...(all.length > MOST_DEALS ? [text(`and ${all.length - MOST_DEALS} more`)] : []),
  ];
  const title = `Business review of ${quarter.name}`;
  const parts: PdfPart[] = [
    { kind: 'title', words: title },
    text(`${partner.name} and ${company}`),
    heading('Goals and what came of them'),
    ...goalLines(pack).map(text),
    { kind: 'picture', png, words: months.map(({ month, minor }) => `${month}: ${moneyWords({ minor, currency })}`).join('   ') },
    heading('Next steps'),
    ...(steps.length === 0 ? [text('Nothing is left open')] : steps.map((step) => text(stepWords(step, currency)))),
    ...deals('Open deals', open, openLine),
    ...deals('Won in the quarter', won, wonLine),
    ...deals('Lost, rejected or ended in the quarter', lost, lostLine),
    heading('Commissions'),
    ...commissionLines(pack).map(text),
    heading('Where the partner stands'),
    ...standingLines(pack).map(text),
    ...(inside ? insideParts(pack, inside, costWords) : []),
    { kind: 'small', words: `From live data of ${at.toISOString().slice(0, 10)}` },
  ];
  return writePdf({ title, parts, at, compress });
}

function insideParts({ currency, sourcedMinor }: Pack, { costs, notes, steps }: Inside, costWords: Record<string, string>): PdfPart[] {
  const text = (words: string): PdfPart => ({ kind: 'text', words });
  const total = costs.reduce((sum, { minor }) => sum + minor, 0);
  const money = (minor: number) => moneyWords({ minor, currency });
  const ours = steps.filter(({ code }) => OURS.has(code));
  return [
    { kind: 'page' },
    { kind: 'title', words: 'For our team only' },
    text('This page is not in the version that the partner gets'),
    { kind: 'heading', words: 'What this partner cost in the quarter' },
    ...(costs.length === 0 ? [text('No cost is recorded for it alone')] : []),
    ...costs.map(({ kind, minor }) => text(`${costWords[kind] ?? kind}: ${money(minor)}`)),
    ...(total > 0 ? [text(`Together ${money(total)}, for ${money(sourcedMinor)} of sourced revenue, commissions not counted`)] : []),
    { kind: 'heading', words: 'Ours to do' },
    ...(ours.length === 0 ? [text('Nothing waits for us')] : ours.map((step) => text(stepWords(step, currency)))),
    { kind: 'heading', words: 'Notes' },
    ...(notes.length === 0 ? [text('None')] : []),
    ...notes
      .slice(-MOST_NOTES)
      .reverse()
      .map(({ text: words, at }) => text(`${at.toISOString().slice(0, 10)}: ${words}`)),
  ];
}
