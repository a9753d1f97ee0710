export { ApiConsumes, ApiExcludeController, ApiOperation, ApiTags, loadSwagger } from './api.decorators.js';
