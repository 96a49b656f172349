import { z } from 'zod';

/** What was or may be used. `microUsd` is millionths of a US dollar, the model's price list being in dollars. */
export const Amount = z.object({ searches: z.number().int(), tokens: z.number().int(), microUsd: z.number().int() });
export type Amount = z.infer<typeof Amount>;

/** What one question used, as the model's endpoint reports it. */
export type Usage = { searches: number; inputTokens: number; outputTokens: number };

/** US dollars: for a million tokens in, a million out, and a thousand searches. */
export type Prices = { input: number; output: number; searches: number };

export const NOTHING: Amount = { searches: 0, tokens: 0, microUsd: 0 };

/** One run ends when any of these is used up. */
export const PER_RUN: Amount = { searches: 16, tokens: 400_000, microUsd: 600_000 };
/** All runs of a workspace on one day (UTC); the money is a setting. */
export const PER_DAY = { searches: 80, tokens: 2_000_000 } as const;

/** The most one question may use; set aside before it is asked, because an answer that is lost is paid for all the same. */
export const MOST_PER_QUESTION = {
  plan: { searches: 0, inputTokens: 3_000, outputTokens: 3_000 },
  search: { searches: 2, inputTokens: 40_000, outputTokens: 8_000 },
} as const satisfies Record<string, Usage>;

export function amountOf({ searches, inputTokens, outputTokens }: Usage, prices: Prices): Amount {
  // Dollars for a million tokens are millionths of a dollar for one.
  const microUsd = Math.ceil(inputTokens * prices.input + outputTokens * prices.output + searches * prices.searches * 1_000);
  return { searches, tokens: inputTokens + outputTokens, microUsd };
}

export function less(a: Amount, b: Amount): Amount {
  return { searches: a.searches - b.searches, tokens: a.tokens - b.tokens, microUsd: a.microUsd - b.microUsd };
}
