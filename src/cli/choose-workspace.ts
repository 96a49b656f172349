import { listWorkspaceIds } from '../programme/workspaces/workspace-repository.ts';
import { CommandError } from './command-error.ts';

/** The workspace an operator means: the one named, else the only one. Throws a CommandError that says what to add. */
export async function chooseWorkspace(named: string | undefined): Promise<string | null> {
  const connected = await listWorkspaceIds();
  if (named && !connected.includes(named)) {
    throw new CommandError(`The workspace ${named} is not connected. Connected: ${connected.join(', ') || 'none yet'}.`);
  }
  if (named) return named;
  if (connected.length > 1)
    throw new CommandError(`Several workspaces are connected; add --workspace and one of: ${connected.join(', ')}.`);
  return connected[0] ?? null;
}
