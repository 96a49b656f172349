/** The same server with another database: `mongodb://user@one,two/old?authSource=admin` and `new` make `mongodb://user@one,two/new?…`. */
export function databaseUri(server: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(server);
  if (!parts) throw new Error('a MongoDB address starts with mongodb:// or mongodb+srv://');
  return `${parts[1]}/${database}${parts[2] ?? ''}`;
}
