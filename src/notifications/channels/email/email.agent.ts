import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import {
  type Channel,
  type Delivery,
  type DeliveryContext,
  type NotificationPreference,
  NotifiesThrough,
} from '../../channel.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { executionLink, filledIn, pathSegment } from '../../events/links.js';
import type { Occasion } from '../../events/occasion.js';
import { textOf } from '../../events/preferences.js';
import { eventSubject } from '../../events/subject.js';
import { word } from '../../events/phrases.js';
import { DirectTexts } from '../../direct/direct-texts.js';
import { graphConfig } from '../../graph/graph.config.js';
import { EmailClient } from './email.client.js';
import { GraphMailClient } from './graph-mail.client.js';
import { emailConfig } from './email.config.js';
import { type EmailMessage, emailMessages } from './email.message.js';
import { MailBodies } from './mail-body.js';

const SWITCH = { enabled: emailConfig.enabled, required: [emailConfig.from, [emailConfig.host, graphConfig.tenantId]] };

/** Notifications by mail. */
@NotifiesThrough({ name: 'email', requests: 'EMAIL', builtIn: SWITCH })
export class EmailAgent implements Channel<EmailMessage> {
  constructor(
    private readonly client: EmailClient,
    private readonly graph: GraphMailClient,
    private readonly bodies: MailBodies,
    private readonly texts: DirectTexts,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly EmailMessage[] {
    const link = executionLink(
      this.settings.get(spinnakerConfig.baseUrl),
      occasion,
      pathSegment(word(occasion.application)),
    );
    const chosen = (member: string): string | undefined =>
      textOf(preference, member) ?? textOf(occasion.context, member);
    const subject = chosen('customSubject') ?? eventSubject(occasion);
    const custom = chosen('customBody');
    const body =
      custom === undefined
        ? this.bodies.standard({ occasion, preference, subject, link })
        : this.bodies.authored(subject, filledIn(custom, occasion, link));
    const [to, cc] = ['address', 'cc'].map((member) => textOf(preference, member) ?? []);
    return emailMessages({ to: [to ?? []].flat(), cc: [cc ?? []].flat(), subject, ...body });
  }

  forRequest(request: DirectNotification): readonly EmailMessage[] {
    const { to = [], cc } = request;
    const subject = this.texts.subject(request);
    const body = this.bodies.direct(subject, this.texts.body(request), request);
    return emailMessages({ to, cc, subject, ...body });
  }

  async deliver(message: EmailMessage, { key }: DeliveryContext): Promise<Delivery> {
    if (this.settings.get(emailConfig.transport) === 'graph') await this.graph.send(message);
    else await this.client.send(message, key);
    return {};
  }
}
