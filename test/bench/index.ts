import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row.ts';

/** Real companies and partner lists, which are not part of the product; `--data` names another folder. */
const DATA = '../shared/data';

/** `npm run -s bench -- [NAME…] [--data FOLDER] [--json]`: every figure beside its peer, measured in the same run. */
async function bench(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, data: { type: 'string', default: DATA } },
  });
  // Loaded one by one, `rank-speed` first: its memory must hold nothing of the others.
  const measurements: Record<string, () => Promise<BenchRow[]>> = {
    'rank-speed': async () => (await import('./rank-speed.ts')).measureRankSpeed(),
    'rank-turn': async () => (await import('./rank-speed.ts')).measureRankTurns(),
    'rank-quality': async () => (await import('./rank-quality.ts')).rankQualityRows(values.data),
    'rank-judged': async () => (await import('./rank-judged.ts')).rankJudgedRows(values.data),
    'draft-check': async () => (await import('./draft-check.ts')).draftCheckRows(values.data),
    'conflict-quality': async () => (await import('./conflict-quality.ts')).conflictQualityRows(values.data),
    'conflict-speed': async () => (await import('./conflict-speed.ts')).measureConflictSpeed(),
    'revenue-speed': async () => (await import('./revenue-speed.ts')).measureRevenueSpeed(),
    embedded: async () => (await import('./embedded-database.ts')).measureEmbedded(),
    start: async () => (await import('./start.ts')).measureStart(),
    hostile: async () => (await import('./hostile.ts')).measureHostile(),
    home: async () => (await import('./home.ts')).measureHome(),
    felt: async () => (await import('./felt.ts')).measureFelt(),
    ack: async () => (await import('./ack.ts')).measureAck(),
    'digest-fanout': async () => (await import('./digest-fanout.ts')).measureDigestFanout(),
  };
  const names = positionals.map((name) => (name === 'quality' ? 'rank-quality' : name));
  const unknown = names.find((name) => !(name in measurements));
  if (unknown) throw new Error(`“${unknown}” is not measured here; name some of ${Object.keys(measurements).join(', ')}.`);
  const rows: BenchRow[] = [];
  for (const [name, measure] of Object.entries(measurements)) {
    if (names.length === 0 || names.includes(name)) rows.push(...(await measure()));
  }
  process.stdout.write(`${values.json ? JSON.stringify(rows) : table(rows)}\n`);
}

function table(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ name, ours, peer, ratio, unit, n }) => [
    name,
    figure(ours),
    peer === null ? '–' : figure(peer),
    ratio === null ? '–' : `${figure(ratio)} ×`,
    unit,
    String(n),
  ]);
  const all = [['name', 'ours', 'peer or goal', 'ratio', 'unit', 'n'], ...cells];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function figure(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 4 });
}

bench().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
