import { z } from 'zod';

const optionalText = z.string().trim().min(1).optional();

function dataKey(name: string) {
  return z.string().regex(/^[0-9a-f]{64}$/i, `${name} is 64 hex digits; make one with: openssl rand -hex 32`);
}

/** The environment, read once. Every variable is described in the README's table. */
export const Config = z
  .object({
    MONGODB_URI: optionalText,
    DATA_DIR: z.string().min(1).default('.data'),
    HOST: optionalText,
    PORT: z.coerce.number('PORT is a number, such as 3000').int().min(0).max(65_535).default(3000),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    SLACK_SIGNING_SECRET: optionalText,
    SLACK_BOT_TOKEN: optionalText,
    SLACK_APP_TOKEN: optionalText,
    SLACK_CLIENT_ID: optionalText,
    SLACK_CLIENT_SECRET: optionalText,
    SLACK_STATE_SECRET: optionalText,
    SLACK_API_URL: z.url('SLACK_API_URL is a URL that ends with /api/').default('https://slack.com/api/'),
    TOKEN_KEY: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'TOKEN_KEY is 64 hex digits; make one with: openssl rand -hex 32')
      .optional(),
    DATA_KEY: dataKey('DATA_KEY').optional(),
    /** Keys that were `DATA_KEY` before, so that what they sealed can be read until it is sealed anew. */
    DATA_KEY_OLD: z
      .string()
      .transform((keys) => keys.split(',').map((key) => key.trim()))
      .pipe(z.array(dataKey('Each key in DATA_KEY_OLD')))
      .optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'SMTP_URL looks like smtps://user:password@mail.example.com' }).optional(),
    PUBLIC_URL: z
      .url('PUBLIC_URL is where the internet reaches this app, such as https://partners.example.com')
      .refine(isPublicUrl, 'PUBLIC_URL begins with https://: mail programs open nothing else for an opt-out')
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    DKIM_DOMAIN: optionalText,
    DKIM_SELECTOR: optionalText,
    /** PEM; `\\n` may stand for a line break. */
    DKIM_PRIVATE_KEY: z
      .string()
      .transform((key) => key.replaceAll('\\n', '\n').trim())
      .refine((key) => /^-----BEGIN (RSA )?PRIVATE KEY-----/.test(key), 'DKIM_PRIVATE_KEY is a private key in PEM form')
      .optional(),
    IMAP_URL: z.url({ protocol: /^imaps?$/, error: 'IMAP_URL looks like imaps://user:password@mail.example.com/INBOX' }).optional(),
    INBOUND_MAIL_SECRET: z
      .string()
      .min(16, 'INBOUND_MAIL_SECRET is at least 16 characters; make one with: openssl rand -hex 32')
      .optional(),
    CRM_WORKSPACE: z
      .string()
      .trim()
      .regex(/^T[A-Z0-9]+$/, 'CRM_WORKSPACE is the id of a Slack workspace, such as T012AB3CD')
      .optional(),
    HUBSPOT_TOKEN: optionalText,
    HUBSPOT_API_URL: z.url('HUBSPOT_API_URL is a URL, such as https://api.hubapi.com').default('https://api.hubapi.com'),
    HUBSPOT_WEBHOOK_SECRET: optionalText,
    SALESFORCE_URL: z.url('SALESFORCE_URL is your domain there, such as https://example.my.salesforce.com').optional(),
    SALESFORCE_CLIENT_ID: optionalText,
    SALESFORCE_CLIENT_SECRET: optionalText,
    SALESFORCE_CURRENCY: z
      .string()
      .regex(/^[A-Z]{3}$/, 'SALESFORCE_CURRENCY is the code of a currency, such as EUR')
      .optional(),
    OPENAI_API_KEY: optionalText,
    OPENAI_BASE_URL: z.url('OPENAI_BASE_URL is a URL, such as https://api.openai.com/v1').optional(),
    OPENAI_MODEL: z.string().min(1).default('gpt-5-mini'),
    /** US dollars for a million tokens in, a million out and a thousand searches. Source: OpenAI's price list for the default model. */
    OPENAI_PRICES: z
      .string()
      .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?){2}$/, 'OPENAI_PRICES is three prices in dollars, such as 0.25,2,10')
      .default('0.25,2,10'),
    RESEARCH_USD_PER_DAY: z.coerce.number('RESEARCH_USD_PER_DAY is a sum in dollars, such as 3').min(0).max(1000).default(3),
  })
  .superRefine((env, context) => {
    const demand = (present: unknown, name: string, why: string) => {
      if (!present) context.addIssue({ code: 'custom', path: [name], message: why });
    };
    if (env.DKIM_PRIVATE_KEY || env.DKIM_DOMAIN || env.DKIM_SELECTOR) {
      for (const name of ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'] as const)
        demand(env[name], name, `Set ${name} too: a signature needs the domain, the selector and the private key`);
    }
    if (env.SALESFORCE_URL) {
      for (const name of ['SALESFORCE_CLIENT_ID', 'SALESFORCE_CLIENT_SECRET'] as const)
        demand(env[name], name, `Set ${name} too: Salesforce gives its tokens to an app by its id and its secret`);
      demand(!env.HUBSPOT_TOKEN, 'HUBSPOT_TOKEN', 'Set HUBSPOT_TOKEN or SALESFORCE_URL, not both: one CRM is read');
    }
    if (env.SLACK_CLIENT_ID) {
      demand(env.SLACK_CLIENT_SECRET, 'SLACK_CLIENT_SECRET', 'Set SLACK_CLIENT_SECRET too: installing by OAuth needs it');
      demand(env.SLACK_STATE_SECRET, 'SLACK_STATE_SECRET', 'Set SLACK_STATE_SECRET too: any long random text');
      demand(env.TOKEN_KEY, 'TOKEN_KEY', 'Set TOKEN_KEY too: it encrypts the tokens of the workspaces that install the app');
    }
  });
export type Config = z.infer<typeof Config>;

/** Loopback may do without TLS, for the sandbox and tests. */
function isPublicUrl(url: string): boolean {
  return url.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url);
}

/** Where HTTP listens; undefined for all interfaces. Without a public address nobody but this machine has business here. */
export function listenHost({ HOST, PUBLIC_URL }: Partial<Config>): string | undefined {
  return HOST ?? (PUBLIC_URL ? undefined : '127.0.0.1');
}

/** What payment details are sealed with, and then what may still open them; empty without `DATA_KEY`. */
export function dataKeys({ DATA_KEY, DATA_KEY_OLD = [] }: Partial<Config>): string[] {
  return DATA_KEY ? [DATA_KEY, ...DATA_KEY_OLD] : [];
}

/** What links to files are signed with. Slack cannot be served without one of the two; a new one ends the links that are out. */
export function linkKey({ SLACK_SIGNING_SECRET, SLACK_APP_TOKEN }: Partial<Config>): string | null {
  return SLACK_SIGNING_SECRET ?? SLACK_APP_TOKEN ?? null;
}

/** What outgoing mail is signed with; null when no key is set. */
export function dkimKey({ DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: privateKey }: Config) {
  return domain && selector && privateKey ? { domain: domain.toLowerCase(), selector, privateKey } : null;
}

/** Reads the environment; an unusable one throws an Error with one line for each variable to change. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Config.safeParse(filled(env));
  if (parsed.success) return parsed.data;
  throw new Error(problemLines(parsed.error).join('\n'));
}

/** For `doctor`, which reports every part: what can be used of the environment, and a line for each variable to change. */
export function readUsable(env: NodeJS.ProcessEnv = process.env): { config: Config; problems: string[] } {
  const parsed = Config.safeParse(filled(env));
  if (parsed.success) return { config: parsed.data, problems: [] };
  const bad = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  // Only OAuth makes demands on other variables: without its client id the rest stands alone.
  if (parsed.error.issues.some(({ code }) => code === 'custom')) bad.add('SLACK_CLIENT_ID');
  // Read again, because zod looks at the demands only once each variable is well.
  const rest = readUsable(Object.fromEntries(Object.entries(env).filter(([name]) => !bad.has(name))));
  return { config: rest.config, problems: [...problemLines(parsed.error), ...rest.problems] };
}

function filled(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function problemLines({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

/** What serving Slack needs on top; one line for each missing variable, none when it can start. */
export function slackGaps(config: Partial<Config>): string[] {
  const gaps: string[] = [];
  if (!config.SLACK_SIGNING_SECRET && !config.SLACK_APP_TOKEN) {
    gaps.push('SLACK_SIGNING_SECRET: copy it from your Slack app, under Basic Information');
  }
  if (!config.SLACK_BOT_TOKEN && !config.SLACK_CLIENT_ID) {
    gaps.push('SLACK_BOT_TOKEN: copy it from your Slack app, under OAuth & Permissions (or set SLACK_CLIENT_ID for many workspaces)');
  }
  return gaps;
}
