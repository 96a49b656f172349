import { channel } from 'node:diagnostics_channel';

/** Says where taking a mail is, for whoever listens: the tests kill the process at each step. */
const steps = channel('replies.take');

export function step(name: 'matched' | 'kept' | 'silenced' | 'followed' | 'settled'): void {
  if (steps.hasSubscribers) steps.publish(name);
}
