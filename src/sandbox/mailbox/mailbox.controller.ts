import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/api/index.js';
import { Requires } from '../../platform/access/index.js';
import { type Mail, Mailbox } from './mailbox.js';

@ApiExcludeController()
@Requires('read')
@Controller('sandbox/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  list(): Mail[] {
    return this.mailbox.list();
  }
}
