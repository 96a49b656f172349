/** Small checks that say, in Slack's words, what is wrong with a value and where; the tables of blocks and elements are made of them. */
import { isJson, type Json } from './json.ts';

export type Problem = { at: string; message: string };
export type Check = (value: unknown, at: string) => Problem[];

export const problem = (at: string, message: string): Problem[] => [{ at, message }];

export function string({ min = 1, max, like }: { min?: number; max: number; like?: RegExp }): Check {
  return (value, at) => {
    if (typeof value !== 'string') return problem(at, 'must provide a string');
    if (value.length < min) return problem(at, `must be more than ${min - 1} characters`);
    if (value.length > max) return problem(at, `must be less than ${max + 1} characters`);
    return like && !like.test(value) ? problem(at, `failed to match the pattern ${like.source}`) : [];
  };
}

export const flag: Check = (value, at) => (typeof value === 'boolean' ? [] : problem(at, 'must provide a boolean'));

export function whole(min: number, max: number): Check {
  return (value, at) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : problem(at, `must be a whole number from ${min} to ${max}`);
}

export const anything: Check = () => [];

export function oneOf(...values: unknown[]): Check {
  return (value, at) => (values.includes(value) ? [] : problem(at, `must be a valid enum value: ${values.join(', ')}`));
}

export function list(check: Check, { min = 1, max }: { min?: number; max: number }): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return problem(at, 'must provide an array');
    if (value.length < min) return problem(at, `no fewer than ${min} items allowed`);
    if (value.length > max) return problem(at, `no more than ${max} items allowed`);
    return value.flatMap((item, index) => check(item, `${at}/${index}`));
  };
}

export type Fields = Record<string, Check>;

/** An object with these fields and no others. */
export function object(required: Fields, optional: Fields = {}): Check {
  return (value, at) => {
    if (!isJson(value)) return problem(at, 'must provide an object');
    const missing = Object.keys(required).filter((name) => value[name] === undefined || value[name] === null);
    const unknown = Object.keys(value).filter((name) => !(name in required) && !(name in optional) && value[name] !== undefined);
    return [
      ...missing.flatMap((name) => problem(at, `missing required field: ${name}`)),
      ...unknown.flatMap((name) => problem(at, `invalid additional property: ${name}`)),
      ...Object.entries({ ...required, ...optional })
        .filter(([name]) => value[name] !== undefined && value[name] !== null)
        .flatMap(([name, check]) => check(value[name], `${at}/${name}`)),
    ];
  };
}

/** Each kind of thing by its `type`; `allowed` narrows it to what fits in this place. */
export function byType(kinds: Record<string, Check>, allowed: (type: string) => boolean = () => true): Check {
  return (value, at) => {
    if (!isJson(value)) return problem(at, 'must provide an object');
    const { type } = value;
    if (type === undefined) return problem(at, 'missing required field: type');
    const check = typeof type === 'string' && allowed(type) && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    return check ? check(value, at) : problem(`${at}/type`, `unsupported type: ${String(type)}`);
  };
}

/** A check and, where the value is an object, what its fields must be to each other. */
export function also(check: Check, relation: (value: Json, at: string) => Problem[]): Check {
  return (value, at) => [...check(value, at), ...(isJson(value) ? relation(value, at) : [])];
}
