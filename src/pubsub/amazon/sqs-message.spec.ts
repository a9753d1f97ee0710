import { describe, expect, it } from 'vitest';
import { messageIn } from './sqs-message.js';

const AS_IS = { attributeFormat: 'SDK' } as const;
const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a message of a queue', () => {
  it('that came through SNS is what SNS was given, with its attributes (edges.md §9, test 49)', () => {
    const records = '{"Records":[{"s3":{"bucket":{"name":"b"}}}]}';
    const Body = JSON.stringify({
      Type: 'Notification',
      MessageId: 'm',
      TopicArn: 't',
      Subject: 's',
      Message: records,
      MessageAttributes: { k: { Type: 'String', Value: 'v' } },
    });

    expect(messageIn({ MessageId: '1', Body }, AS_IS)).toEqual({ id: '1', payload: records, attributes: { k: 'v' } });
  });

  it.each(['{"a":1}', '{"Message":null}', '{"Message":{"a":1}}', 'no json', '[1]', ''])(
    'that is no envelope is the message itself: %s',
    (Body) => {
      expect(messageIn({ MessageId: '1', Body }, AS_IS)).toEqual({ id: '1', payload: Body, attributes: {} });
    },
  );

  it("shows its own attributes as the original's client prints them", () => {
    const MessageAttributes = {
      foo: text('foo'),
      raw: { DataType: 'Binary', BinaryValue: Buffer.from('abc') },
    };

    expect(messageIn({ Body: '', MessageAttributes }, AS_IS).attributes).toEqual({
      foo: '{StringValue: foo,StringListValues: [],BinaryListValues: [],DataType: String}',
      raw: '{BinaryValue: java.nio.HeapByteBuffer[pos=0 lim=3 cap=3],StringListValues: [],BinaryListValues: [],DataType: Binary}',
    });
    expect(messageIn({ Body: '', MessageAttributes }, { attributeFormat: 'PLAIN' }).attributes).toEqual({
      foo: 'foo',
      raw: 'YWJj',
    });
  });

  it("has the topic's attributes before the queue's own", () => {
    const Body = '{"Message":"m","MessageAttributes":{"k":{"Type":"String","Value":"topic"}}}';

    expect(messageIn({ Body, MessageAttributes: { k: text('queue') } }, AS_IS).attributes).toEqual({ k: 'topic' });
  });

  it('does not lose itself over an attribute without a value', () => {
    const Body = '{"Message":"m","MessageAttributes":{"k":{"Type":"String","Value":null},"l":"odd"}}';

    expect(messageIn({ Body }, AS_IS)).toEqual({ payload: 'm', attributes: {} });
  });

  it('may have its id in an attribute', () => {
    const options = { ...AS_IS, alternateIdInMessageAttributes: 'key' };
    const Body = '{"Message":"m","MessageAttributes":{"key":{"Type":"String","Value":"id"}}}';

    expect(messageIn({ MessageId: '1', Body }, options).id).toBe('id');
    expect(messageIn({ MessageId: '1', Body: '' }, options).id).toBe('1');
  });
});
