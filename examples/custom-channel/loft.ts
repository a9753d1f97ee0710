import { Injectable } from '@nestjs/common';
import { DeliveryError } from 'echo';
import type { Letter } from './pigeon.channel.js';

/** Stands for the provider's client. */
@Injectable()
export class Loft {
  readonly flown: Letter[] = [];

  /** Tells the number of the flight. A `DeliveryError` with `retryable` is tried again later. */
  release(letter: Letter): Promise<string> {
    if (letter.to === 'sea') throw new DeliveryError('pigeons do not swim', { status: 422 });
    this.flown.push(letter);
    return Promise.resolve(`flight ${this.flown.length}`);
  }
}
