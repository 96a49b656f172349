import type { SandboxState } from '../contract.ts';
import { h } from './h.ts';
import { avatar } from './message.ts';
import type { Item } from './sync.ts';

/** One link per persona. The address names the person, so a second window can be somebody else. */
export function personaItems({ me, personas }: SandboxState): Item[] {
  return personas.map((persona) => ({
    key: persona.id,
    signature: JSON.stringify([persona, persona.id === me.id]),
    create: () =>
      h(
        'a',
        {
          class: 'persona',
          href: `?as=${encodeURIComponent(persona.id)}`,
          'data-persona': persona.id,
          'aria-current': persona.id === me.id ? 'true' : null,
        },
        avatar(persona.id),
        h('span', {}, h('strong', {}, persona.name), h('small', {}, persona.title)),
      ),
  }));
}
