/** The parts of an Amazon Resource Name that addressing a queue needs. */
export interface Arn {
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

const ARN = /^arn:[^:]+:[^:]+:(?<region>[^:]+):(?<account>[^:]*):(?<name>.+)$/;

export function parseArn(text: string): Arn | undefined {
  const { region = '', account = '', name = '' } = ARN.exec(text)?.groups ?? {};
  return name === '' ? undefined : { region, account, name };
}
