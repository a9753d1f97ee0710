import type { SecureContext } from 'node:tls';
import { Inject, Injectable } from '@nestjs/common';
import { buildConnector } from 'undici';
import { Settings } from '../settings/index.js';
import { type SettingReader, clientSecureContext } from '../tls/index.js';
import { httpConfig } from './http.config.js';
import { PublicAddresses } from './public-addresses.js';

/**
 * A peer that refuses Echo's certificate says so after the handshake (TLS 1.3). Undici would hear of that, then of the
 * end of the connection, and report the end alone: a connection is closed at its first error, so that the reason stays.
 */
const closedAtFirstError =
  (connect: buildConnector.connector): buildConnector.connector =>
  (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      socket.once('error', (reason) => socket.destroy(reason));
      callback(null, socket);
    });

/** Opens connections to peers: TLS with the key and the CAs that the configuration names, plain ones as they are. */
@Injectable()
export class Connections {
  private current: buildConnector.connector;
  private unchecked: buildConnector.connector;
  private outside: buildConnector.connector;
  private readonly publicAddresses: PublicAddresses;

  /** Throws TlsSettingError where a store cannot be used; the check of the configuration has found that before. */
  constructor(@Inject(Settings) private readonly settings: SettingReader) {
    this.publicAddresses = new PublicAddresses(settings.get(httpConfig.allowedNetworks));
    this.current = this.build();
    this.outside = this.build({ lookup: this.publicAddresses.lookup });
    this.unchecked = this.build({ rejectUnauthorized: false });
  }

  readonly open: buildConnector.connector = closedAtFirstError((options, callback) => this.current(options, callback));

  /** The same for peers whose certificate is not looked at. */
  readonly openInsecure: buildConnector.connector = closedAtFirstError((options, callback) =>
    this.unchecked(options, callback),
  );

  /** The same for addresses that users wrote: none leads to an internal one. */
  readonly openPublic: buildConnector.connector = closedAtFirstError((options, callback) => {
    try {
      this.publicAddresses.check(options.hostname);
    } catch (error) {
      return callback(error as Error, null);
    }
    this.outside(options, callback);
  });

  /**
   * Reads the stores again. Connections that stand stay; new ones use what is in the stores now. Throws TlsSettingError
   * and goes on with what it had where they cannot be used.
   */
  refresh(): void {
    this.current = this.build();
    this.outside = this.build({ lookup: this.publicAddresses.lookup });
    this.unchecked = this.build({ rejectUnauthorized: false });
  }

  /** The same with certificates of its own. */
  openWith(secureContext: SecureContext): buildConnector.connector {
    return closedAtFirstError(this.build({}, secureContext));
  }

  private build(
    options: buildConnector.BuildOptions = {},
    secureContext = clientSecureContext(this.settings),
  ): buildConnector.connector {
    return buildConnector({ ...options, secureContext, timeout: this.settings.get(httpConfig.connectTimeoutMs) });
  }
}
