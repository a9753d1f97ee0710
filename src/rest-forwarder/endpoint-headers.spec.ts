import { describe, expect, it } from 'vitest';
import { endpointHeaders } from './endpoint-headers.js';

const type = { 'content-type': 'application/json; charset=UTF-8' };
const none = (): undefined => undefined;
const user = { username: 'testuser', password: 'testpassword' };

describe('the headers of an endpoint (edges.md §9, tests 50 to 52)', () => {
  it('have user and password where both are given', () => {
    expect(endpointHeaders({ ...user, headers: {} }, none)).toEqual({
      ...type,
      Authorization: 'Basic dGVzdHVzZXI6dGVzdHBhc3N3b3Jk',
    });
    expect(endpointHeaders({ username: 'testuser', headers: {} }, none)).toEqual(type);
  });

  it('have the configured authorization before user and password', () => {
    expect(endpointHeaders({ ...user, headers: { Authorization: 'FromConfig' } }, none)).toEqual({
      ...type,
      Authorization: 'FromConfig',
    });
  });

  it('have what the file says before both; values may hold colons, other lines are passed over', () => {
    const file = 'Authorization: FromFile\r\nX-Link: http://h:1/\nnothing\n: none\n\n';

    expect(
      endpointHeaders({ ...user, headers: { Authorization: 'FromConfig' }, headersFile: '/f' }, (path) =>
        path === '/f' ? file : undefined,
      ),
    ).toEqual({ ...type, Authorization: 'FromFile', 'X-Link': 'http://h:1/' });
  });

  it('go on without a file that cannot be read', () => {
    expect(endpointHeaders({ headers: { a: 'b' }, headersFile: '/f' }, none)).toEqual({ ...type, a: 'b' });
  });

  it("have the body's own type whatever is configured", () => {
    expect(endpointHeaders({ headers: { 'Content-Type': 'text/plain' } }, none)).toEqual(type);
  });
});
