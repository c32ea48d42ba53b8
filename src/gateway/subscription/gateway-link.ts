import { toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway } from '../gateway.ts';
import type { OpenLink } from './link.ts';

/** Dials a gateway, once; whatever is under way ends when the signal is aborted. */
export type OpenConnection = (signal: AbortSignal) => Promise<Gateway>;

/**
 * Makes the links of a subscription from a way to dial.
 *
 * @param queueSize how many changes the gateway is asked to keep for us while we are busy (gateway-behaviour F13)
 */
export const createGatewayLinks =
  (dial: OpenConnection, queueSize: number): OpenLink =>
  (listener) => {
    const controller = new AbortController();
    const { signal } = controller;
    let gateway: Gateway | undefined;
    const ended = (error: unknown) => listener.ended(toGsdkError(error));
    dial(signal).then((dialed) => {
      gateway = dialed;
      if (signal.aborted) gateway.close();
      else listener.dialed();
    }, ended);
    return {
      subscribe() {
        const { changed, subscribed } = listener;
        gateway
          ?.subscribe({ queueSize, signal, onOpen: subscribed.bind(listener), onChange: changed.bind(listener) })
          .then(() => listener.ended(), ended);
      },
      list() {
        gateway?.devices().then((devices) => listener.listed(devices), ended);
      },
      close() {
        controller.abort();
        gateway?.close();
      },
    };
  };
