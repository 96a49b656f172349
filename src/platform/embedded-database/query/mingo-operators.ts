import { Context } from 'mingo/core';

type MingoOperator = (...given: unknown[]) => unknown;

/** mingo's operators of one kind, by name. */
export function byName(operators: object): Map<string, MingoOperator> {
  // Each has a type of its own for what it takes; all check it themselves.
  return new Map(Object.entries(operators as Record<string, MingoOperator>));
}

/** What mingo's operators ask for when they are called one by one. */
export function optionsWith(tables: Parameters<typeof Context.init>[0]) {
  return {
    context: Context.init(tables),
    idKey: '_id',
    processingMode: 0,
    useStrictMode: true,
    scriptEnabled: false,
    failOnError: true,
  };
}
