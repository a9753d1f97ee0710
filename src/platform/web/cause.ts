const CAUSE = Symbol('why the request failed');

/** Keeps the code of the error that a request ended with, for those who look at it afterwards. */
export const noteCause = (request: object, cause: string): void => void Object.assign(request, { [CAUSE]: cause });

/** The code of the error that a request ended with; undefined after success. */
export const causeOf = (request: object): string | undefined => (request as { [CAUSE]?: string })[CAUSE];
