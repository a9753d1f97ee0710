import type { GrpcClientOptions } from 'google-gax';
import { EchoError } from '../../platform/errors/index.js';
import type { LibraryTransport } from '../../platform/http/index.js';

type Grpc = NonNullable<GrpcClientOptions['grpc']>;
type OpensChannel = (...parts: ConstructorParameters<Grpc['Channel']>) => InstanceType<Grpc['Channel']>;

/** gRPC whose TLS trusts and shows what Echo does. */
const withOwnStores = (grpc: Grpc, transport: LibraryTransport): Grpc => ({
  ...grpc,
  credentials: {
    ...grpc.credentials,
    createSsl: () => grpc.credentials.createFromSecureContext(transport.secureContext()),
  },
});

function authorityOf({ protocol, host, hostname, port }: URL): string {
  if (protocol === 'http:') return `${hostname}:${port || 80}`;
  const message =
    `gRPC cannot speak TLS with the proxy https://${host}: name one in platform.http.httpsProxy that takes plain HTTP, ` +
    'or the peer in platform.http.noProxy.';
  throw new EchoError(message, { code: 'proxy-failed' });
}

/** The options under which gRPC asks a proxy for a tunnel; its own reading of variables is off. */
function channelOptions(address: string, proxy: URL | undefined): Record<string, string | number> {
  if (!proxy) return { 'grpc.enable_http_proxy': 0 };
  const credentials = decodeURIComponent(`${proxy.username}:${proxy.password}`);
  return {
    'grpc.enable_http_proxy': 0,
    'grpc.default_authority': address,
    'grpc.http_connect_target': `dns:${address}`,
    ...(proxy.username !== '' && { 'grpc.http_connect_creds': credentials }),
  };
}

/** What makes a client of Google's speak gRPC the way that Echo's other calls go: its stores, and its proxies. */
export function channelsThrough(grpc: Grpc, transport: LibraryTransport): GrpcClientOptions {
  const open: OpensChannel = (address, credentials, options) => {
    const proxy = transport.proxyTo(new URL(`https://${address}`));
    const target = proxy ? `dns:${authorityOf(proxy)}` : address;
    return new grpc.Channel(target, credentials, { ...options, ...channelOptions(address, proxy) });
  };
  return { grpc: withOwnStores(grpc, transport), ...{ 'grpc.channelFactoryOverride': open } };
}
