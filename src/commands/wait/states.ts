/** The states that can be waited for, and what they are called in a sentence. */
export const states = {
  connected: 'connected',
  tls: 'connected with TLS',
  disconnected: 'disconnected',
  managed: 'managed',
  unmanaged: 'unmanaged',
  pending: 'pending',
} as const;

/** A state that a device can be waited for to have. */
export type WaitState = keyof typeof states;
