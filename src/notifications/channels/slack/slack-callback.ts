import { InvalidRequestError } from '../../../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonList, isJsonObject, parseJson } from '../../../platform/json/index.js';
import { objectOf } from '../../events/occasion.js';

/** What Slack tells of a button that was pressed. */
export interface SlackCallback {
  readonly serviceId: string;
  readonly messageId: string;
  readonly userId: string;
  readonly userName: string;
  readonly action: JsonObject;
  readonly payload: JsonObject;
}

const PREFIX = 'payload=';
const NOBODY = 'Slack callback_id and user not present. Cannot route the request to originating Spinnaker service.';

const firstIn = (value: JsonValue | undefined): JsonObject => objectOf(isJsonList(value) ? value[0] : undefined);

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

function payloadOf(body: string): JsonObject {
  if (!body.startsWith(PREFIX)) throw new InvalidRequestError('Missing payload field in Slack callback request.');
  const encoded = body.slice(PREFIX.length).replaceAll('+', ' ');
  try {
    const payload = parseJson(decodeURIComponent(encoded));
    if (isJsonObject(payload)) return payload;
  } catch (error) {
    throw new InvalidRequestError('The payload of the Slack callback is no JSON.', 'invalid-json', error);
  }
  throw new InvalidRequestError('The payload of the Slack callback is no object.');
}

/** Reads the body of a callback; throws a 400 for one that Echo cannot pass on (notifications.md §4). */
export function readSlackCallback(body: string): SlackCallback {
  const payload = payloadOf(body);
  const { type = null, callback_id } = payload;
  if (type !== 'interactive_message') {
    throw new InvalidRequestError(`Unsupported Slack callback type: ${textIn(type) || 'null'}`);
  }
  const user = objectOf(payload['user']);
  const [userName, callbackId] = [textIn(user['name']), textIn(callback_id)];
  if (userName === '' || callbackId === '') throw new InvalidRequestError(NOBODY);
  const action = firstIn(payload['actions']);
  if (action['type'] !== 'button') {
    throw new InvalidRequestError('Spinnaker currently only supports Slack button actions.');
  }
  const [serviceId = '', messageId] = callbackId.split(':');
  if (messageId === undefined) throw new InvalidRequestError(`The callback_id '${callbackId}' names no message.`);
  return { serviceId, messageId, userId: textIn(user['id']), userName, action, payload };
}

/** The message as it was, without its buttons, and with who pressed which. */
export function answeredMessage(payload: JsonObject): JsonObject {
  const original = objectOf(payload['original_message']);
  const attachments = isJsonList(original['attachments']) ? original['attachments'] : [];
  const [first, ...others] = attachments;
  const { actions, text, ...attachment } = objectOf(first);
  const pressed = firstIn(payload['actions']);
  const label = labelOf(isJsonList(actions) ? actions : [], pressed);
  const { id } = objectOf(payload['user']);
  const said = `${textIn(text)}\n\nUser <@${textIn(id)}> clicked the *${label}* action.`;
  return { ...original, attachments: [{ ...attachment, text: said }, ...others] };
}

/** What stood on the button. */
function labelOf(buttons: readonly JsonValue[], { type, value, name }: JsonObject): string {
  const button = buttons
    .filter((one) => isJsonObject(one))
    .find((one) => one['type'] === type && one['value'] === value);
  return textIn(button?.['text']) || textIn(name);
}

/** Where the answer is shown: of Slack's address only the path counts, so that nobody can have Echo post elsewhere. */
export function responsePath({ response_url }: JsonObject): string {
  const url = textIn(response_url);
  if (URL.canParse(url)) return new URL(url).pathname;
  throw new InvalidRequestError('The Slack callback has no response_url.');
}
