export default async function stopMongoOnce(): Promise<void> {
  const { stopTestMongo } = globalThis as { stopTestMongo?: () => Promise<void> };
  await stopTestMongo?.();
}
