import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** The style and the script of all pages. */
@ApiExcludeController()
@Requires('read')
@Controller('console/assets')
export class AssetsController {
  private readonly styles = asset('console.css');
  private readonly scripts = asset('console.js');

  @Get('console.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return this.styles;
  }

  @Get('console.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return this.scripts;
  }
}
