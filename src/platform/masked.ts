/** Of a URL only the scheme and host remain, as the rest may be a password, a `response_url` or a ticket; of a token its kind. */
export function masked(words: string): string {
  return words
    .replace(/\b((?:https?|wss?|smtps?|mongodb(?:\+srv)?):\/\/)(?:[^\s/]*@)?([^\s/?#"'`<>)]*)[^\s"'`<>)]*/gi, '$1$2/…')
    .replace(/\b(xox[a-z](?:\.xox[a-z])?|xapp|sk)-[\w-]+/g, '$1-…')
    .replace(/\b(Bearer|Basic) [\w.+/=-]{8,}/gi, '$1 …');
}
