/** Where Graph posts: into a channel of a team, or into a chat. */
const PLACE = /^(?:teams\/[\w-]+\/channels\/[\w:.@%-]+|chats\/[\w:.@%-]+)$/;

/** The path at Graph of an address such as `teams/{id}/channels/{id}` or `chats/{id}`; nothing for a webhook. */
export const graphPathOf = (address: string): string | undefined =>
  PLACE.test(address) ? `/${address}/messages` : undefined;
