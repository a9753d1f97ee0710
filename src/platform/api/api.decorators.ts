import type { ApiOperationOptions } from '@nestjs/swagger';

type Swagger = typeof import('@nestjs/swagger');

const descriptions: ((swagger: Swagger) => void)[] = [];

// The decorators of `@nestjs/swagger` under their own names, applied when somebody asks for the description of the HTTP
// interface: the package is a sixth of all files that a start would read.

export const ApiTags =
  (...tags: string[]): ClassDecorator =>
  (target) =>
    void descriptions.push(({ ApiTags }) => ApiTags(...tags)(target));

export const ApiExcludeController = (): ClassDecorator => (target) =>
  void descriptions.push(({ ApiExcludeController }) => ApiExcludeController()(target));

export const ApiOperation =
  (options: ApiOperationOptions): MethodDecorator =>
  (target, name, descriptor) =>
    void descriptions.push(({ ApiOperation }) => ApiOperation(options)(target, name, descriptor));

export const ApiConsumes =
  (...types: string[]): MethodDecorator =>
  (target, name, descriptor) =>
    void descriptions.push(({ ApiConsumes }) => ApiConsumes(...types)(target, name, descriptor));

/** The package with all that the decorators above have said so far. */
export async function loadSwagger(): Promise<Swagger> {
  const swagger = await import('@nestjs/swagger');
  for (const describe of descriptions.splice(0)) describe(swagger);
  return swagger;
}
