import type { PeerCertificate } from 'node:tls';
import { codeOf } from '../errors/index.js';

/** Our stable code, and what to say of it. */
export type KnownFault = readonly [code: string, words?: string];

/** Patterns, since the names of OpenSSL's alerts differ between its versions. */
const TLS_FAULTS: readonly (readonly [RegExp, ...KnownFault])[] = [
  [
    /^(?:UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT(?:_IN_CHAIN)?)$/,
    'untrusted-certificate',
    'its certificate is signed by no CA that Echo trusts: put that CA into the file that okHttpClient.trustStore names',
  ],
  [/^CERT_HAS_EXPIRED$/, 'expired-certificate', 'its certificate, or one of its CAs, has expired: it needs a new one'],
  [/^CERT_NOT_YET_VALID$/, 'expired-certificate', 'its certificate is not valid yet: compare the clocks'],
  [
    /_ALERT_CERTIFICATE_REQUIRED$/,
    'client-certificate-refused',
    'it wants a certificate of Echo: name one in okHttpClient.keyStore',
  ],
  [
    /_ALERT_(?:BAD_CERTIFICATE|CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/,
    'client-certificate-refused',
    "it refuses Echo's certificate: okHttpClient.keyStore must have one, valid today, of a CA that it trusts",
  ],
  [
    /_ALERT_HANDSHAKE_FAILURE$/,
    'tls-failed',
    'it shares no cipher suite with Echo, or wants a certificate: see okHttpClient.cipherSuites and .keyStore',
  ],
  [
    /^ERR_SSL_(?:\w+_ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL)$/,
    'tls-failed',
    'it speaks none of the TLS versions in okHttpClient.tlsVersions',
  ],
  [
    /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)$/,
    'tls-failed',
    'what is there does not speak TLS: is its address http:// instead of https://?',
  ],
];

function wrongHost(error: Error): KnownFault {
  const { subjectaltname = 'no name' } = (error as { cert?: PeerCertificate }).cert ?? {};
  const words = `its certificate is for ${subjectaltname} and not for this host: call it by such a name`;
  return ['certificate-of-another-host', words];
}

/** What TLS found wrong, in words that say what to do; `undefined` for an error of another kind. */
export function tlsFault(error: Error): KnownFault | undefined {
  const code = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongHost(error);
  const [, ...known] = TLS_FAULTS.find(([pattern]) => pattern.test(code)) ?? [];
  return known.length === 0 ? undefined : (known as unknown as KnownFault);
}
