import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

interface RouteTable {
  hasRoute(route: { readonly method: string; readonly url: string }): boolean;
}

/** What can be changed through the API of this Echo: its roles differ, and so do the endpoints that it has. */
@Injectable()
export class Doors {
  constructor(private readonly host: HttpAdapterHost) {}

  /**
   * Whether there is an endpoint.
   *
   * @param call method and pattern, e.g. `POST /effects/:id/redrive`
   */
  has(call: string): boolean {
    const [method = '', url = ''] = call.split(' ');
    return this.host.httpAdapter.getInstance<RouteTable>().hasRoute({ method, url });
  }
}
