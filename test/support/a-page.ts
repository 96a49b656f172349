import type { Product } from './product.ts';

/** A browser without script: it keeps the cookie, follows what it is told, and sends forms with what is in them. */
export type Browser = {
  get: (path: string) => Promise<{ status: number; text: string; headers: Headers }>;
  /** `fields` besides what the form on the page last seen holds unseen. */
  post: (
    path: string,
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<{ status: number; text: string; headers: Headers }>;
};

export function aBrowser({ url }: Pick<Product, 'url'>): Browser {
  let cookie = '';
  let unseen: Record<string, string> = {};
  const send = async (path: string, init: RequestInit) => {
    const answer = await fetch(new URL(path, url), { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const location = answer.headers.get('location');
    if (answer.status === 303 && location) return get(location);
    const text = await answer.text();
    unseen = Object.fromEntries(
      [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [name, value]),
    );
    return { status: answer.status, text, headers: answer.headers };
  };
  const get = (path: string): ReturnType<Browser['get']> => send(path, {});
  return {
    get,
    post: (path, fields = {}, headers = {}) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams({ ...unseen, ...fields }),
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
  };
}

/** Path of the link in a mail. */
export function linkIn(text: string): string {
  const [, path = ''] = /https?:\/\/[^/\s]+(\/page\/link\/[\w-]+)/.exec(text) ?? [];
  return path;
}
