import { createHash, randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';

type Attributes = Readonly<Record<string, { DataType: string; StringValue?: string }>>;

interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly attributes: Attributes;
  /** Set while the message is hidden from others. */
  receipt?: string;
  receives: number;
}

interface Queue {
  attributes: Record<string, string>;
  messages: StoredMessage[];
}

/** What was published to a topic. */
export interface SentToTopic {
  readonly topic: string;
  readonly data: string;
  readonly attributes: Record<string, string>;
}

interface Call {
  readonly action: string;
  readonly input: Record<string, unknown>;
}

class Fault {
  constructor(
    readonly type: string,
    readonly message: string,
    readonly status = 400,
  ) {}
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const attributeIn = (form: Readonly<Record<string, string>>, at: string): Record<string, string | undefined> => ({
  Name: form[`${at}.Name`],
  DataType: form[`${at}.Value.DataType`],
  StringValue: form[`${at}.Value.StringValue`],
});
const nameOf = (input: Record<string, unknown>): string => String(input['QueueUrl']).split('/').at(-1) ?? '';

export const queueArn = (name: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const topicArn = (name: string): string => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;

/**
 * SQS and SNS on 127.0.0.1, speaking their own protocols: JSON 1.0 with checksums for SQS, the query protocol for SNS.
 * Requests have to be signed for the right service and region. A message that was received is hidden until it is deleted
 * or `expireVisibility` is called.
 */
export class FakeAmazon {
  /** The start of the addresses of queues, where it is not the fake's own. */
  publicUrl: string | undefined;
  readonly published: SentToTopic[] = [];
  readonly calls: Call[] = [];
  readonly queues = new Map<string, Queue>();
  /** Topic ARN → ARNs of the queues that are subscribed to it. */
  readonly subscribers = new Map<string, Set<string>>();
  /** The next calls of an action fail with this, as often as it says. */
  readonly failing = new Map<string, { fault: Fault; times: number }>();
  /** ARNs of the topics that can be published to. */
  readonly topics = new Set([topicArn('events')]);
  private lastSent: StoredMessage | undefined;
  private readonly held = new Set<() => void>();
  private readonly watchers = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<FakeAmazon> {
    const server = createServer((request, response) => void fake.serve(request, response));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    const fake = new FakeAmazon(server, (server.address() as AddressInfo).port);
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  createQueue(name: string): void {
    this.queues.set(name, { attributes: {}, messages: [] });
  }

  /** A message that somebody sends straight into a queue. */
  send(queue: string, body: string, attributes: Attributes = {}, id: string = randomUUID()): string {
    this.lastSent = { id, body, attributes, receives: 0 };
    this.queueNamed(queue).messages.push(this.lastSent);
    this.look();
    return id;
  }

  /** The last message of a queue once more, as if its deletion had been lost. */
  repeat(queue: string): void {
    const { id, body, attributes } = this.lastSent ?? { id: '', body: '', attributes: {} };
    this.send(queue, body, attributes, id);
  }

  /** A message through a topic: it reaches the queues that are subscribed and whose policy lets the topic in. */
  publish(topic: string, message: string, attributes: Readonly<Record<string, string | null>> = {}): void {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }]),
    );
    const envelope = { Type: 'Notification', MessageId: randomUUID(), TopicArn: topicArn(topic) };
    for (const arn of this.subscribers.get(topicArn(topic)) ?? []) {
      const name = arn.split(':').at(-1) ?? '';
      if (!this.queueNamed(name).attributes['Policy']?.includes(`"${topicArn(topic)}"`)) continue;
      this.send(name, JSON.stringify({ ...envelope, Subject: 's', Message: message, MessageAttributes }));
    }
  }

  /** What was received and not deleted can be received again. */
  expireVisibility(queue: string): void {
    for (const message of this.queueNamed(queue).messages) delete message.receipt;
    this.look();
  }

  /** The messages that a queue still holds, hidden ones too. */
  bodies(queue: string): string[] {
    return this.queueNamed(queue).messages.map(({ body }) => body);
  }

  fail(action: string, type: string, times: number, status = 400): void {
    this.failing.set(action, { fault: new Fault(type, `${action} fails`, status), times });
  }

  /** Ends every connection, as when the network breaks. */
  async cut(): Promise<void> {
    this.server.closeAllConnections();
    await this.until(() => this.held.size === 0);
  }

  called(action: string): Record<string, unknown>[] {
    return this.calls.filter((call) => call.action === action).map(({ input }) => input);
  }

  /** Resolves as soon as what is asked for holds; the test's own time limit ends a vain wait. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private look(): void {
    for (const watcher of [...this.held, ...this.watchers]) watcher();
  }

  private queueNamed(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Fault('com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const target = request.headers['x-amz-target'];
    const isSqs = typeof target === 'string';
    const action = isSqs ? target.replace('AmazonSQS.', '') : (new URLSearchParams(body).get('Action') ?? '');
    const input = isSqs
      ? (JSON.parse(body) as Record<string, unknown>)
      : Object.fromEntries(new URLSearchParams(body).entries());
    this.calls.push({ action, input });
    this.look();
    try {
      this.demandSignature(request, isSqs ? 'sqs' : 'sns');
      const planned = this.failing.get(action);
      if (planned && planned.times-- > 0) throw planned.fault;
      const gone = new Promise<void>((resolve) => response.once('close', resolve));
      const answer = await this.answer(action, input, gone);
      if (isSqs) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
      else response.writeHead(200, { 'content-type': 'text/xml' }).end(String(answer));
    } catch (error) {
      const { type, message, status } =
        error instanceof Fault ? error : new Fault('InternalFailure', String(error), 500);
      const json = JSON.stringify({ __type: type, message });
      const xml = `<ErrorResponse><Error><Type>Sender</Type><Code>${type}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      response.writeHead(status, { 'content-type': isSqs ? 'application/x-amz-json-1.0' : 'text/xml' });
      response.end(isSqs ? json : xml);
    }
    this.look();
  }

  private demandSignature({ headers }: IncomingMessage, service: string): void {
    const scope = new RegExp(`^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${REGION}/${service}/aws4_request`);
    if (!scope.test(headers.authorization ?? '')) throw new Fault('MissingAuthenticationToken', 'not signed', 403);
  }

  private answer(action: string, input: Record<string, unknown>, gone: Promise<void>): unknown {
    switch (action) {
      case 'GetQueueUrl':
        return this.queueNamed(String(input['QueueName'])) && { QueueUrl: this.urlOf(String(input['QueueName'])) };
      case 'CreateQueue':
        this.createQueue(String(input['QueueName']));
        return { QueueUrl: this.urlOf(String(input['QueueName'])) };
      case 'SetQueueAttributes':
        Object.assign(this.queueNamed(nameOf(input)).attributes, input['Attributes']);
        return {};
      case 'ReceiveMessage':
        return this.receive(input, gone);
      case 'DeleteMessage':
        return this.delete(input);
      case 'Subscribe':
        return this.subscribe(input);
      case 'Publish':
        return this.publishFrom(input as Record<string, string>);
      default:
        throw new Fault('UnknownOperationException', action);
    }
  }

  private urlOf(name: string): string {
    return `${this.publicUrl ?? this.url}/${ACCOUNT}/${name}`;
  }

  private async receive(input: Record<string, unknown>, gone: Promise<void>): Promise<unknown> {
    const visible = (): StoredMessage[] =>
      this.queueNamed(nameOf(input)).messages.filter(({ receipt }) => receipt === undefined);
    let isGone = false;
    await new Promise<void>((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.held.delete(look);
        resolve();
        this.look();
      };
      const look = (): void => {
        try {
          if (visible().length > 0) end();
        } catch (error) {
          end();
          reject(error as Error);
        }
      };
      const timer = setTimeout(end, Number(input['WaitTimeSeconds'] ?? 0) * 1000);
      void gone.then(() => ((isGone = true), end()));
      this.held.add(look);
      look();
    });
    if (isGone) return {};
    const Messages = visible()
      .slice(0, Number(input['MaxNumberOfMessages'] ?? 1))
      .map((message) => {
        message.receipt = randomUUID();
        message.receives++;
        const { id, body, attributes, receipt } = message;
        const shown = input['MessageAttributeNames'] ? { MessageAttributes: attributes } : {};
        return { MessageId: id, ReceiptHandle: receipt, MD5OfBody: md5(body), Body: body, ...shown };
      });
    return Messages.length > 0 ? { Messages } : {};
  }

  private delete(input: Record<string, unknown>): unknown {
    const queue = this.queueNamed(nameOf(input));
    const left = queue.messages.filter(({ receipt }) => receipt !== input['ReceiptHandle']);
    if (left.length === queue.messages.length) {
      throw new Fault('com.amazonaws.sqs#ReceiptHandleIsInvalid', 'The receipt handle is not valid.');
    }
    queue.messages = left;
    return {};
  }

  /** Attributes stand in the form as `MessageAttributes.entry.1.Name`, `….Value.DataType` and `….Value.StringValue`. */
  private publishFrom(form: Record<string, string>): string {
    const { TopicArn = '', Message = '' } = form;
    if (!this.topics.has(TopicArn)) throw new Fault('NotFound', 'Topic does not exist', 404);
    if (Message.length > 262_144) throw new Fault('InvalidParameter', 'Invalid parameter: Message too long');
    const attributes: Record<string, string> = {};
    for (let n = 1; form[`MessageAttributes.entry.${n}.Name`] !== undefined; n++) {
      const { Name = '', DataType, StringValue = '' } = attributeIn(form, `MessageAttributes.entry.${n}`);
      if (DataType !== 'String' || StringValue === '' || !/^[\w.-]+$/.test(Name)) {
        throw new Fault('ParameterValueInvalid', `The message attribute '${Name}' is not valid`);
      }
      attributes[Name] = StringValue;
    }
    this.published.push({ topic: TopicArn, data: Message, attributes });
    const xmlns = 'http://sns.amazonaws.com/doc/2010-03-31/';
    return `<PublishResponse xmlns="${xmlns}"><PublishResult><MessageId>${randomUUID()}</MessageId></PublishResult></PublishResponse>`;
  }

  private subscribe({ TopicArn, Endpoint, Protocol }: Record<string, unknown>): string {
    if (Protocol !== 'sqs') throw new Fault('InvalidParameter', 'Protocol');
    const topic = String(TopicArn);
    this.subscribers.set(topic, (this.subscribers.get(topic) ?? new Set()).add(String(Endpoint)));
    const xmlns = 'http://sns.amazonaws.com/doc/2010-03-31/';
    return `<SubscribeResponse xmlns="${xmlns}"><SubscribeResult><SubscriptionArn>${topic}:${randomUUID()}</SubscriptionArn></SubscribeResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SubscribeResponse>`;
  }
}
