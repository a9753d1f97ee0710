import { InvalidRequestError } from '../../platform/errors/index.js';
import { CoercionError, type JsonObject, type JsonValue, read } from '../../platform/json/index.js';

export interface ButtonAction {
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly label: string | undefined;
}

export interface InteractiveActions {
  readonly callbackServiceId: string | undefined;
  readonly callbackMessageId: string | undefined;
  readonly color: string;
  readonly actions: readonly ButtonAction[];
}

export interface NotificationSource {
  readonly executionType?: string | undefined;
  readonly executionId?: string | undefined;
  readonly application?: string | undefined;
  readonly user?: string | undefined;
}

/** What a service of Spinnaker asks to be sent (notifications.md §3.2). */
export interface DirectNotification {
  readonly notificationType: string;
  /** Absent is not the same as nobody: some channels cannot do without. */
  readonly to: readonly string[] | undefined;
  readonly cc: readonly string[];
  readonly templateGroup: string | undefined;
  readonly source: NotificationSource | undefined;
  readonly additionalContext: JsonObject;
  readonly interactiveActions: InteractiveActions | undefined;
  /** Whether it goes out through the bot that hears what people answer. */
  readonly interactive: boolean;
}

const SEVERITIES = ['NORMAL', 'HIGH'];
const DEFAULT_COLOR = '#cccccc';

function action(value: JsonValue | undefined): ButtonAction {
  const source = read.object(value) ?? {};
  const type = read.member(source, 'type', read.text);
  if (type !== 'button') throw new CoercionError('type', "'button'", type === undefined ? 'nothing' : `'${type}'`);
  const [name, text, label] = ['name', 'value', 'label'].map((member) => read.member(source, member, read.text));
  return { name, value: text, label };
}

function actions(value: JsonValue | undefined): InteractiveActions | undefined {
  const source = read.object(value);
  return (
    source && {
      callbackServiceId: read.member(source, 'callbackServiceId', read.text),
      callbackMessageId: read.member(source, 'callbackMessageId', read.text),
      color: read.member(source, 'color', read.text) ?? DEFAULT_COLOR,
      actions: read.member(source, 'actions', read.listOf(action)) ?? [],
    }
  );
}

function sender(value: JsonValue | undefined): NotificationSource | undefined {
  const source = read.object(value);
  if (!source) return undefined;
  const [executionType, executionId, application, user] = ['executionType', 'executionId', 'application', 'user'].map(
    (member) => read.member(source, member, read.text),
  );
  return { executionType, executionId, application, user };
}

function checkSeverity(source: JsonObject): void {
  const severity = read.member(source, 'severity', read.text);
  if (severity !== undefined && !SEVERITIES.includes(severity)) {
    throw new CoercionError('severity', SEVERITIES.join(' or '), `'${severity}'`);
  }
}

const texts = read.listOf((item) => read.text(item) ?? '');

/** Reads the body of `POST /notifications`; throws a 400 that names the member at fault. */
export function readDirectNotification(body: JsonValue): DirectNotification {
  const source = read.object(body);
  const notificationType = source && read.member(source, 'notificationType', read.text);
  if (!source || !notificationType) throw new InvalidRequestError('notificationType is missing: name a channel.');
  checkSeverity(source);
  const interactiveActions = read.member(source, 'interactiveActions', actions);
  return {
    notificationType,
    to: read.member(source, 'to', texts),
    cc: read.member(source, 'cc', texts) ?? [],
    templateGroup: read.member(source, 'templateGroup', read.text) || undefined,
    source: read.member(source, 'source', sender),
    additionalContext: read.member(source, 'additionalContext', read.object) ?? {},
    interactiveActions,
    interactive: read.member(source, 'useInteractiveBot', read.flag) || (interactiveActions?.actions.length ?? 0) > 0,
  };
}
