/** A promise and the hand that fulfils it. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  private fulfil: (value: T) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve) => {
      this.fulfil = resolve;
    });
  }

  resolve(value: T): void {
    this.fulfil(value);
  }
}
