import type { Person } from './cast.ts';
import type { SandboxView, SubmitAnswer, ViewValues } from './contract.ts';
import { type Answer, postPayload } from './delivery.ts';
import { inputErrors } from './inputs.ts';
import { isJson, type Json, jsonOf, parsed, textOf } from './json.ts';
import { slackErrors } from './limits.ts';
import { fine, type Outcome, refused } from './outcome.ts';
import { viewClosed, viewSubmission } from './payloads.ts';
import { closeView, newTrigger, pushOnto, replaceView, stackOf } from './views.ts';
import { sourceOf, type World } from './world.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

/** Submits the open modal. What the client itself would refuse (an empty required field) never reaches the app. */
export async function submit(world: World, actor: Person, viewId: string, values: ViewValues): Promise<SubmitAnswer> {
  const view = stackOf(world, actor.id).find(({ id }) => id === viewId);
  if (!view) return refused('That form is no longer open.');
  const errors = inputErrors(view, values);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const triggerId = newTrigger(world, actor.id, viewId);
  const payload = viewSubmission(sourceOf(world, actor), { view: jsonOf(view), values, triggerId });
  return carryOut(world, actor, view, await postPayload(world, payload));
}

function carryOut(world: World, actor: Person, view: SandboxView, answer: Answer): SubmitAnswer {
  if (answer.failure) return refused(TROUBLE);
  if (answer.body.trim() === '') {
    closeView(world, actor.id, view.id, false);
    return fine;
  }
  const action = parsed(answer.body);
  if (!isJson(action)) return refused(`${TROUBLE} (the app answered with something that is not JSON)`);
  switch (action.response_action) {
    case 'errors':
      return fieldErrors(view, action.errors);
    case 'clear':
      closeView(world, actor.id, view.id, true);
      return fine;
    case 'update':
    case 'push':
      return showNext(world, actor, view, action);
    default:
      return refused(`${TROUBLE} (unknown response_action)`);
  }
}

/** Slack shows errors only under input blocks; for any other key it reports trouble. */
function fieldErrors(view: SandboxView, given: unknown): SubmitAnswer {
  const errors = isJson(given) ? given : {};
  const inputs = new Set(view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id));
  const stray = Object.keys(errors).filter((key) => !inputs.has(key));
  if (Object.keys(errors).length === 0 || stray.length > 0) {
    return refused(`${TROUBLE} (errors for ${stray.join(', ') || 'no field'}, which is not an input of this form)`);
  }
  return { ok: false, errors: Object.fromEntries(Object.entries(errors).map(([key, sentence]) => [key, textOf(sentence)])) };
}

function showNext(world: World, actor: Person, view: SandboxView, action: Json): SubmitAnswer {
  const wrong = slackErrors(action.response_action === 'push' ? 'views.push' : 'views.update', { view: action.view });
  if (wrong) return refused(`${TROUBLE} (${[wrong.error, ...wrong.messages].join('; ')})`);
  if (action.response_action === 'update') {
    replaceView(world, view, action.view);
    return fine;
  }
  const pushed = pushOnto(world, actor.id, action.view);
  return pushed.ok ? fine : refused(`${TROUBLE} (${textOf(pushed.error)})`);
}

/** Closes a modal without submitting; the app hears of it only if it asked to. */
export async function dismiss(world: World, actor: Person, viewId: string): Promise<Outcome> {
  const view = stackOf(world, actor.id).find(({ id }) => id === viewId);
  if (!view) return refused('That form is no longer open.');
  const { clear_on_close, notify_on_close } = jsonOf(view);
  closeView(world, actor.id, viewId, clear_on_close === true);
  if (notify_on_close !== true) return fine;
  const cleared = clear_on_close === true;
  const answer = await postPayload(world, viewClosed(sourceOf(world, actor), { view: jsonOf(view), cleared }));
  return answer.failure ? refused(TROUBLE) : fine;
}
