/** The texts cannot be made for this writing of an expression. It never leaves this room: another writing is tried. */
export class Undescribable extends Error {
  constructor(piece: string) {
    super(`nothing can be said of ${piece}`);
    this.name = new.target.name;
  }
}
