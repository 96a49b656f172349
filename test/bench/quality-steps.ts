import { parseArgs } from 'node:util';
import { AREA_IDS, AREAS } from '../../src/discover/fit/areas.ts';
import { CRITERION_IDS, TYPE_WEIGHTS } from '../../src/discover/fit/criteria.ts';
import { SEGMENTS } from '../../src/discover/fit/segments.ts';
import { PARTNER_TYPES } from '../../src/programme/setup/programme.ts';

/** `node --import tsx test/bench/quality-steps.ts [--data FOLDER]`: what each criterion gives, as the paired difference of the lists
 *  without it; `--drop SEED` ranks once with a quarter of the vocabulary gone. The figures of quality.md come from here. */
const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' }, drop: { type: 'string' } } });
if (values.drop !== undefined) dropQuarter(Number(values.drop));

// Loaded only now: the word lists are compiled when the fit score is loaded.
const { ourRanking, qualityOf, readQualityData } = await import('./rank-quality.ts');
const { queries, companies } = await readQualityData(values.data);

const whole = measure();
print('all criteria', whole);
if (values.drop === undefined) {
  for (const criterion of CRITERION_IDS) {
    const weights = Object.fromEntries(PARTNER_TYPES.map((type) => [type, { ...TYPE_WEIGHTS[type], [criterion]: 0 }] as const));
    const without = measure(weights);
    print(`without ${criterion}`, without, whole);
  }
}

function measure(weights?: Parameters<typeof ourRanking>[2]): { ndcg20: number; r100: number }[] {
  return queries.map((query) => qualityOf(query, ourRanking(query, companies, weights)));
}

function print(name: string, measured: { ndcg20: number; r100: number }[], before?: { ndcg20: number; r100: number }[]): void {
  const ndcg = measured.map(({ ndcg20 }) => ndcg20);
  const differences = before ? ndcg.map((value, index) => value - (before[index]?.ndcg20 ?? 0)) : [];
  const difference = before ? `  difference ${mean(differences).toFixed(3)} ± ${standardError(differences).toFixed(3)}` : '';
  const each = ndcg.map((value) => value.toFixed(2)).join(' ');
  process.stdout.write(
    `${name.padEnd(28)} ${mean(ndcg).toFixed(3)}  R@100 ${mean(measured.map(({ r100 }) => r100)).toFixed(3)}  ${each}${difference}\n`,
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

function standardError(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (numbers.length - 1) / numbers.length);
}

function dropQuarter(seed: number): void {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const lists = [...AREA_IDS.flatMap((id) => [AREAS[id].signs, AREAS[id].hints]), ...Object.values(SEGMENTS).map(({ signs }) => signs)];
  for (const list of lists) list.splice(0, list.length, ...list.filter(() => random() >= 0.25));
}
