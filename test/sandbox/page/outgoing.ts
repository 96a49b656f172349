import type { SandboxState } from '../contract.ts';

/** Typed text as Slack stores it. Source: Slack, "Formatting text for app surfaces", escaping. */
export function escapedText(typed: string): string {
  return typed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** `@Full Name`, as the completion writes it, becomes a mention. Handles and channels are the server's to resolve. */
export function withMentions(text: string, users: SandboxState['users']): string {
  // Longer names first: "@Ana Alderton" is not "@Ana Alder" and "ton".
  const people = Object.entries(users).sort(([, a], [, b]) => b.name.length - a.name.length);
  return people.reduce((done, [id, { name }]) => done.replace(wholeName(name), `$1<@${id}>`), text);
}

function wholeName(name: string): RegExp {
  return new RegExp(`(^|[\\s(])@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_-])`, 'gu');
}
