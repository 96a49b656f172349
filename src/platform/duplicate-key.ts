/** MongoDB's answer when a unique index kept a double out; every other write error is a fault. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
