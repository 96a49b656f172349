import { Aggregator } from 'mingo/aggregator';
import { CommandError } from '../command-error.ts';
import { asDoc, type Doc } from '../document.ts';
import { valuesAt } from './comparisons.ts';
import { bound, checkExpression, scopeOf } from './expressions.ts';
import { matcher } from './query.ts';
import { placed, type Stage, stage } from './stages.ts';

/** Another collection. `through`: what a filter finds by an index, null when no index serves it. */
export type Foreign = { all: () => Doc[]; through: (filter: Doc) => Doc[] | null };

/** `$lookup`: by a field, by a pipeline, or both. */
export function lookupStage(foreign: (collection: string) => Foreign): Stage {
  return stage((documents, argument, options) => {
    const { from, as, let: variables, pipeline, localField, foreignField } = asDoc(argument);
    if (typeof as !== 'string') throw new CommandError(9, "must specify 'as' field for a $lookup");
    if (typeof from !== 'string') throw new CommandError(9, "missing 'from' option to $lookup stage specification");
    if (typeof localField !== typeof foreignField || (localField === undefined && !Array.isArray(pipeline))) {
      throw new CommandError(9, '$lookup requires both or neither of localField and foreignField, or a pipeline');
    }
    checkExpression(variables);
    const other = foreign(from);
    return documents.map((document) => {
      const matches = typeof localField === 'string' ? joined(other, document, localField, String(foreignField)) : other.all();
      const found = Array.isArray(pipeline)
        ? new Aggregator(pipeline, {
            ...options,
            context: options.context,
            variables: { ...options.variables, ...bound(variables, scopeOf(document, options)) },
          }).run(matches)
        : matches;
      return placed(document, as.split('.'), found);
    });
  });
}

/** What has, in its field, one of the values of ours; no value at all is null. */
function joined(other: Foreign, document: Doc, localField: string, foreignField: string): Doc[] {
  const values = valuesAt(document, localField.split('.'), false).flatMap((value) => (Array.isArray(value) ? value : [value]));
  const there = values.filter((value) => value !== undefined);
  const filter = { [foreignField]: { $in: there.length > 0 ? there : [null] } };
  return other.through(filter) ?? other.all().filter(matcher(filter));
}
