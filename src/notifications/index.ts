export type { Interaction, InteractionRequest } from './callbacks/interaction.js';
export { NotifiesThrough } from './channel.js';
export type {
  Channel,
  ChannelOptions,
  ChannelParameter,
  Delivery,
  DeliveryContext,
  NotificationPreference,
} from './channel.js';
export { DeliveryError } from './delivery/failure.js';
export type { DirectNotification } from './direct/direct-notification.js';
export type { Occasion } from './events/occasion.js';
export { NotificationsModule } from './notifications.module.js';
