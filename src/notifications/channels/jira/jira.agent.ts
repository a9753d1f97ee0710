import { EchoError, InvalidRequestError, messageOf } from '../../../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonObject, javaText, parseJson } from '../../../platform/json/index.js';
import { type Channel, type Delivery, NotifiesThrough } from '../../channel.js';
import { DeliveryError } from '../../delivery/failure.js';
import type { DirectNotification } from '../../direct/direct-notification.js';
import { objectOf } from '../../events/occasion.js';
import { JiraClient } from './jira.client.js';
import { jiraConfig } from './jira.config.js';
import { type JiraMessage, jiraMessage } from './jira.message.js';

const SWITCH = { enabled: jiraConfig.enabled, required: [jiraConfig.baseUrl] };

/** The issue has no transition of that name. */
class UnknownTransitionError extends EchoError {
  constructor(readonly errors: JsonObject) {
    super('there is no such transition', { code: 'unknown-transition', status: 400 });
  }
}

/** What Jira said, or what came in between, as the original prints it. */
function errorsOf(error: unknown): string {
  if (error instanceof UnknownTransitionError) return javaText({ errors: error.errors });
  const said = error instanceof DeliveryError ? answeredBy(error) : undefined;
  return javaText(said ?? { errors: messageOf(error) });
}

function answeredBy({ failure }: DeliveryError): JsonObject | undefined {
  try {
    const answer = parseJson(failure.body ?? '');
    return isJsonObject(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Creates issues in Jira and moves them on. */
@NotifiesThrough({ name: 'jira', requests: 'JIRA', builtIn: SWITCH })
export class JiraAgent implements Channel<JiraMessage> {
  constructor(private readonly client: JiraClient) {}

  forRequest(request: DirectNotification): readonly JiraMessage[] {
    return [jiraMessage(request)];
  }

  deliver(message: JiraMessage): Promise<Delivery> {
    return message.kind === 'create' ? this.create(message.issue) : this.transition(message);
  }

  private async create(issue: JsonObject): Promise<Delivery> {
    try {
      const { id = null, key = null, self = null } = await this.client.create(issue);
      return { value: { id, key, self } };
    } catch (error) {
      throw new InvalidRequestError(
        `Failed to create Jira Issue issueRequestBody=${javaText(issue)}: ${errorsOf(error)}`,
        'jira',
        error,
      );
    }
  }

  private async transition({ issue, change, comment }: JiraMessage & { kind: 'transition' }): Promise<Delivery> {
    try {
      const wanted = objectOf(change['transition']);
      const id = await this.transitionId(issue, wanted['name'] ?? null);
      await this.client.transition(issue, { ...change, transition: { ...wanted, id } });
      if (comment !== null) await this.client.comment(issue, comment);
      return {};
    } catch (error) {
      throw new InvalidRequestError(`Failed to transition Jira issue ${issue}: ${errorsOf(error)}`, 'jira', error);
    }
  }

  private async transitionId(issue: string, name: JsonValue): Promise<JsonValue> {
    const transitions = await this.client.transitions(issue);
    const found = transitions.find((transition) => transition['name'] === name);
    if (found) return found['id'] ?? null;
    const validTransitionNames = transitions.map((transition) => transition['name'] ?? null);
    throw new UnknownTransitionError({ issue, transitionName: name, validTransitionNames });
  }
}
