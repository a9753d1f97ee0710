import { describe, expect, it } from 'vitest';
import { Content, oneOf } from './content.js';

const content = new Content({
  text: 'x',
  number: 7,
  flag: true,
  digits: '42',
  nothing: null,
  object: { deep: { deeper: [] } },
  artifacts: [{ type: 'deb' }, { type: [] }],
});

describe('a text out of a closed list', () => {
  it.each([
    ['b', 'b'],
    [' b ', 'b'],
    [1, 'b'],
    ['0', 'a'],
    [null, undefined],
  ])('may be %j', (given, read) => {
    expect(new Content({ text: given }).read('text', oneOf(['a', 'b']))).toBe(read);
  });

  it.each(['', 'B', 'c', 2, -1, 1.5, true])('cannot be %j', (given) => {
    expect(() => new Content({ text: given }).read('text', oneOf(['a', 'b']))).toThrow('expected one of a, b');
  });
});

describe('the content of an event', () => {
  it('is read leniently', () => {
    expect([content.text('text'), content.text('number'), content.text('flag')]).toEqual(['x', '7', 'true']);
    expect([content.int('digits'), content.flag('flag'), content.flag('number')]).toEqual([42, true, true]);
  });

  it('takes null and what is missing for nothing', () => {
    for (const member of ['nothing', 'missing', 'constructor']) {
      expect(content.text(member)).toBeUndefined();
      expect(content.int(member)).toBeUndefined();
      expect(content.flag(member)).toBeUndefined();
      expect(content.inside(member)).toBeUndefined();
      expect(content.artifact(member)).toBeUndefined();
      expect(content.artifacts(member)).toEqual([]);
    }
  });

  it.each([
    [() => content.text('object'), 'content.object: expected a text, got an object'],
    [() => content.int('text'), "content.text: expected a whole number, got 'x'"],
    [() => content.flag('text'), "content.text: expected true or false, got 'x'"],
    [() => content.inside('text'), "content.text: expected an object, got 'x'"],
    [() => content.inside('object')?.inside('deep')?.text('deeper'), 'content.object.deep.deeper: expected a text'],
    [() => content.artifacts('artifacts'), 'content.artifacts[1].type: expected a text, got a list'],
    [() => content.read('text', oneOf(['a', 'b'])), "content.text: expected one of a, b, got 'x'"],
  ])('says where it is not what it should be (%#)', (look, message) => {
    expect(look).toThrow(message);
  });
});
