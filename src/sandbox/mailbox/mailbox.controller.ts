import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LoopbackOnly } from '../../platform/web/index.js';
import { type Mail, Mailbox } from './mailbox.js';

@ApiExcludeController()
@LoopbackOnly()
@Controller('sandbox/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: Mailbox) {}

  @Get()
  list(): Mail[] {
    return this.mailbox.list();
  }
}
