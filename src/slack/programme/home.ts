import type { HomeView } from '@slack/types';
import type { WebClient } from '@slack/web-api';

export async function publishHome(client: WebClient, userId: string, view: HomeView): Promise<void> {
  await client.views.publish({ user_id: userId, view });
}
