import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';

/** A task whose end a test decides; `entered` says in which order tasks began. */
function tasks() {
  const entered: number[] = [];
  const ends: (() => void)[] = [];
  const task = (number: number) => () =>
    new Promise<number>((resolve) => {
      entered.push(number);
      ends[number] = () => resolve(number);
    });
  return { entered, task, end: (number: number) => ends[number]?.() };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a gate', () => {
  it('lets so many through at once, and the others in the order in which they came', async () => {
    const { entered, task, end } = tasks();
    const gate = new Gate(2);
    const all = [0, 1, 2, 3].map((number) => gate.pass(task(number)));
    await settled();
    expect(entered).toEqual([0, 1]);

    end(1);
    await settled();
    expect(entered).toEqual([0, 1, 2]);

    [0, 2].forEach(end);
    await settled();
    end(3);
    expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
  });

  it('has its place free again after all have gone', async () => {
    const { entered, task, end } = tasks();
    const gate = new Gate(1);
    const first = gate.pass(task(0));
    end(0);
    await first;

    void gate.pass(task(1));
    void gate.pass(task(2));
    await settled();

    expect(entered).toEqual([0, 1]);
  });

  it('lets the next one in after a failure, too', async () => {
    const gate = new Gate(1);
    const failing = gate.pass(() => Promise.reject(new Error('no')));
    const next = gate.pass(() => Promise.resolve('in'));

    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('in');
  });

  it('never lets more through than it has places, however long the line', async () => {
    const gate = new Gate(3);
    let inside = 0;
    const seen: number[] = [];
    const enter = async (): Promise<void> => {
      seen.push(++inside);
      await settled();
      inside--;
    };

    await Promise.all(Array.from({ length: 20 }, () => gate.pass(enter)));
    await Promise.all(Array.from({ length: 20 }, () => gate.pass(enter)));

    expect(Math.max(...seen)).toBe(3);
    expect(seen).toHaveLength(40);
  });

  it('has at least one place', async () => {
    expect(await new Gate(0).pass(() => Promise.resolve('in'))).toBe('in');
  });
});
