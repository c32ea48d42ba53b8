/** The address and the TLS settings of a gateway, with the content of all files. */
export interface Endpoint {
  host: string;
  port: number;
  /** The path of the CA file, for messages. */
  caFile: string | undefined;
  /** PEM certificates to trust; the roots of the system when absent. */
  ca: string | undefined;
  /** The SHA-256 of the certificate to trust, in the place of roots: lower-case hexadecimal of its DER. */
  pin?: string | undefined;
  /** That certificate itself, PEM, once it is known. */
  leaf?: string | undefined;
  cert: string | undefined;
  key: string | undefined;
  /** The name that the certificate must bear, when it is not the host. */
  serverName: string | undefined;
  /** The limit of the dial: name look-up, TCP, TLS and HTTP/2. Like the next one infinite for none. */
  connectTimeoutMs: number;
  /** The limit of each call after that. */
  timeoutMs: number;
  /**
   * Whether only one connection is opened, also after the gateway has ended it. For streams: a call on another
   * connection says nothing about them.
   */
  dialsOnce?: boolean;
}
