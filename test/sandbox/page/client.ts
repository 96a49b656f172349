import type { MailAnswer, SandboxState } from '../contract.ts';

export type Answer = { ok: boolean; error?: string; errors?: Record<string, string>; file?: Record<string, unknown>; answer?: MailAnswer };

let current: SandboxState | null = null;
let listener: (state: SandboxState, before: SandboxState | null) => void = () => undefined;
let fetching: Promise<void> | null = null;
let askedAgain = false;

/** The persona of this window: `?as=U…`. Empty until the server has named one. */
function as(): string {
  return new URLSearchParams(location.search).get('as') ?? current?.me.id ?? '';
}

/** The state as last fetched; only called once something is on the screen. */
export function state(): SandboxState {
  if (!current) throw new Error('The sandbox has not answered yet');
  return current;
}

/** Starts to follow the server: `onChange` runs for every new version, `onConnection` when the line breaks or comes back. */
export async function follow(onChange: typeof listener, onConnection: (up: boolean) => void): Promise<void> {
  listener = onChange;
  await refresh();
  const events = new EventSource(`/sandbox/events?as=${encodeURIComponent(as())}`);
  events.addEventListener('message', () => void refresh().catch(() => onConnection(false)));
  events.addEventListener('error', () => onConnection(false));
  events.addEventListener('open', () => {
    void refresh().then(
      () => onConnection(true),
      () => onConnection(false),
    );
  });
}

/** Fetches the state and shows it. Calls during a fetch share one more fetch after it. */
export function refresh(): Promise<void> {
  if (fetching) {
    askedAgain = true;
    return fetching;
  }
  fetching = fetchUntilCurrent().finally(() => {
    fetching = null;
  });
  return fetching;
}

async function fetchUntilCurrent(): Promise<void> {
  do {
    askedAgain = false;
    const response = await fetch(`/sandbox/state?as=${encodeURIComponent(as())}`);
    const body = await response.json();
    if (!response.ok || body.ok === false) throw new Error(body.error ?? `The sandbox answered with status ${response.status}`);
    const before = current;
    // The server and this page are built from one contract.ts.
    current = body as SandboxState;
    listener(current, before);
  } while (askedAgain);
}

/** Sends one of the contract's requests as this window's persona. A failure is an answer with a sentence, never an exception. */
export async function send(path: string, body: Record<string, unknown>): Promise<Answer> {
  return answered(
    fetch(`/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: as(), ...body }),
    }),
  );
}

/** Uploads a file for a file_input; the answer's `file` goes into its value. */
export async function upload(file: File): Promise<Answer> {
  const query = new URLSearchParams({ as: as(), name: file.name });
  return answered(
    fetch(`/sandbox/upload?${query}`, { method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' } }),
  );
}

/** Where the browser fetches a file that the app sent. */
export function fileUrl(id: string): string {
  return `/sandbox/file?${new URLSearchParams({ as: as(), id })}`;
}

async function answered(request: Promise<Response>): Promise<Answer> {
  try {
    const response = await request;
    const answer: Answer = await response.json();
    if (!answer.ok && !answer.error && !answer.errors) answer.error = `The sandbox answered with status ${response.status}. Try again.`;
    await refresh();
    return answer;
  } catch {
    return { ok: false, error: 'The sandbox does not answer. Check that it is still running, then try again.' };
  }
}
