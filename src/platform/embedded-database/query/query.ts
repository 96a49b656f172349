import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as pipelines from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import type { Doc } from '../document.ts';
import { comparisons } from './comparisons.ts';
import { evaluate, scopeOf } from './expressions.ts';
import { type Stage, stages } from './stages.ts';

/** An expression operator wherever mingo meets one itself: in the stages that are still its own. */
const expressing = Object.fromEntries(
  Object.keys(expressions).map((name) => [
    name,
    (document: unknown, operand: unknown, options: Options) => evaluate({ [name]: operand }, scopeOf(document, options)),
  ]),
);

const tables = {
  accumulator: accumulators,
  expression: expressing,
  projection: projections,
  query: { ...queries, ...comparisons },
  window: windows,
};

/** mingo's operators, with MongoDB's own comparison and order in place of mingo's, which knows only JavaScript's types. */
export const context = Context.init({
  ...tables,
  pipeline: { ...pipelines, ...stages },
});

/** `$where` and `$function` would run the caller's code inside the product. */
export const options = { context, scriptEnabled: false, processingMode: 0 };

/** mingo copies its whole table of operators for options that are not of its own class, which it does not export; this is how one gets
 *  them. With them a small filter costs a tenth. */
export const compiled = (() => {
  let seen: Options | undefined;
  const $see = (_path: string, _operand: unknown, given: Options) => {
    seen = given;
    return () => true;
  };
  const table = Context.from(context).addQueryOps({ $see });
  new Query({ any: { $see: 1 } }, { ...options, context: table });
  return seen ?? ({ ...options, context: table } as Options); // mingo calls the operator, so `seen` is there
})();

export function matcher(filter: Doc, variables?: Doc): (document: Doc) => boolean {
  const named = variables && Object.keys(variables).length > 0;
  const query = new Query(filter, named ? { ...options, variables } : compiled);
  return (document) => query.test(document);
}

/** The operators of one pipeline, which alone knows where `$lookup` and `$unionWith` find other collections. */
export function contextWith(reading: Record<'$lookup' | '$unionWith', Stage>): Context {
  return Context.init({ ...tables, pipeline: { ...pipelines, ...stages, ...reading } });
}
