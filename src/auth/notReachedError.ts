import { GraphError } from '../graph/errors.ts';

/** Why a host gave no answer, in the cases that somebody can do something about. */
export type NotReachedReason =
  | 'unreachable'
  /** The proxy wants a user name and a password, or others. */
  | 'proxyUser'
  /** The certificate leads to no authority that is trusted. */
  | 'certificate'
  /** The certificate leads to an authority that NODE_EXTRA_CA_CERTS names, and that VS Code's `fetch` does not look for there. */
  | 'certificateOfNode'
  /** The certificate is too old, or one of another host: no trust helps. */
  | 'badCertificate'
  /** VS Code's `fetch` is without its proxy and certificates: the setting `http.fetchAdditionalSupport` is off. */
  | 'fetchSupportOff';

/** A host gave no answer, so that nothing was sent to it. */
export class NotReached extends GraphError {
  readonly reason: NotReachedReason;
  readonly host: string;

  constructor(reason: NotReachedReason, host: string, { kind, code, message, request, cause }: GraphError) {
    super({ kind, code, message, request, cause, sent: 'no' });
    this.reason = reason;
    this.host = host;
  }
}
