import type { Registration } from '../account.ts';

/** What a person is told to sign in on another device. */
export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
}

/** What is asked of the user for a credential that is not VS Code's. Undefined and false: the user leaves. */
export interface CredentialPrompts {
  /** Whether everything shall be done as the app itself, and not as a person. */
  agreeToAppOnly(registration: Registration): Promise<boolean>;
  /** Whether the login of the Azure CLI shall be used. */
  agreeToAzureCli(): Promise<boolean>;
  clientSecret(): Promise<string | undefined>;
  /** The text of a PEM file with a certificate and its private key. */
  clientCertificate(): Promise<string | undefined>;
  /** Shows a code while `work` waits until it was entered. The signal aborts when the user leaves. */
  withDeviceCode<Value>(work: (show: (code: DeviceCode) => void, signal: AbortSignal) => Promise<Value>): Promise<Value>;
}

/** VS Code's secret storage, as far as it is used. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}
