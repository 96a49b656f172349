let open: string | null = null;

/** The channel last looked at, for selects that start with "this conversation". */
export function currentChannel(): string | null {
  return open;
}

export function setCurrentChannel(channel: string): void {
  open = channel;
}
