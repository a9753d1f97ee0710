import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Open } from '../platform/access/index.js';
import { InstalledExtensions, type InstalledExtension } from '../platform/extension/index.js';

/** What gate asks for (newer.md §13.1). */
interface PluginInfo {
  readonly pluginId: string;
  readonly pluginDescription: string;
  readonly pluginClass: string;
  readonly version: string;
  readonly requires: string;
  readonly provider: string;
  readonly license: string;
  readonly dependencies: readonly string[];
  readonly unsafe: boolean;
}

const infoOf = ({ name, description, version, moduleName, author, license }: InstalledExtension): PluginInfo => ({
  pluginId: name,
  pluginDescription: description,
  pluginClass: moduleName,
  version,
  requires: '*',
  provider: author,
  license,
  dependencies: [],
  unsafe: false,
});

@ApiTags('operations')
@Open()
@Controller('installedPlugins')
export class PluginsController {
  constructor(private readonly extensions: InstalledExtensions) {}

  @Get()
  @ApiOperation({ summary: 'The extensions that were loaded at boot' })
  list(): PluginInfo[] {
    return this.extensions.list.map(infoOf);
  }
}
