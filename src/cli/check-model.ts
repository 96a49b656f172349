import type { Config } from '../config.ts';
import type { Check } from './doctor.ts';

const TIMEOUT_MS = 5000;

/** Asks the model's endpoint for its list of models; no text is sent and nothing is charged. Without a key there is nothing to ask. */
export async function checkModel({ OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL }: Partial<Config>): Promise<Check> {
  const name = 'model';
  if (!OPENAI_API_KEY) return { name, ok: true, words: 'no OPENAI_API_KEY: the offline writer writes the drafts' };
  const base = (OPENAI_BASE_URL ?? 'https://api.openai.com/v1').replace(/\/$/, '');
  const { host } = new URL(base);
  const headers = { authorization: `Bearer ${OPENAI_API_KEY}` };
  const answer = await fetch(`${base}/models`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  await answer?.body?.cancel();
  const problem = problemWith(answer?.status);
  if (problem) return { name, ok: false, words: `${host} ${problem} Until then the offline writer writes the drafts.` };
  return { name, ok: true, words: `${host} answers; drafts are written by ${OPENAI_MODEL}, else by the offline writer` };
}

/** An endpoint without a list of models (404) is there all the same. */
function problemWith(status: number | undefined): string | null {
  if (status === undefined) return 'does not answer. Check OPENAI_BASE_URL and the network.';
  if (status === 401 || status === 403) return 'refuses the key. Copy OPENAI_API_KEY again.';
  return status >= 500 ? `has trouble (${status}). Try again later.` : null;
}
