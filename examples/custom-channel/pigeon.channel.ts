import {
  type Channel,
  type Delivery,
  type DirectNotification,
  NotifiesThrough,
  type NotificationPreference,
  type Occasion,
} from 'echo';
import { Loft } from './loft.js';

/** A message is plain data: it waits in the outbox until the pigeon is back. */
export type Letter = { readonly to: string; readonly text: string };

/**
 * Takes notifications `{ "type": "pigeon", "address": "…", "when": […] }` of pipelines and stages, and `POST
 * /notifications` with `"notificationType": "PIGEON"`. The parameters are what the user interface asks for.
 */
@NotifiesThrough({
  name: 'pigeon',
  requests: 'PIGEON',
  parameters: [{ name: 'address', label: 'Loft', description: 'Where the pigeon flies to', defaultValue: 'tower' }],
})
export class PigeonChannel implements Channel<Letter> {
  constructor(private readonly loft: Loft) {}

  forEvent(preference: NotificationPreference, { application, kind, status }: Occasion): Letter[] {
    return [{ to: String(preference['address']), text: `A ${kind} of ${application} is ${status}` }];
  }

  forRequest({ to = [], additionalContext }: DirectNotification): Letter[] {
    return to.map((address) => ({ to: address, text: String(additionalContext['body']) }));
  }

  async deliver(letter: Letter): Promise<Delivery> {
    return { value: await this.loft.release(letter) };
  }
}
