import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { request as requestSecure, Agent as SecureAgent } from 'node:https';

const AT_THE_SAME_TIME = 100;
// Servers close what idles for five seconds or more; whoever sends into that moment loses the request.
const IDLE_MS = 4000;
const KEPT_OPEN = { keepAlive: true, maxSockets: AT_THE_SAME_TIME, scheduling: 'lifo' as const, timeout: IDLE_MS };

/** What came back. */
export interface Exchanged {
  status: number;
  text: string;
}

/**
 * Asks for JSON or sends it, over connections that are kept open. `fetch` costs three times the work for the same answer,
 * and every message is one.
 * @param timeoutMs for all of it
 */
export function openExchange(timeoutMs: number) {
  const plain = new PlainAgent(KEPT_OPEN);
  const secure = new SecureAgent(KEPT_OPEN);
  return (url: string, body?: string): Promise<Exchanged> =>
    new Promise((resolve, reject) => {
      const options = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' } };
      const took = (response: IncomingMessage): void => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.once('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, text });
        });
        response.on('error', failed);
      };
      const request = url.startsWith('https:')
        ? requestSecure(url, { ...options, agent: secure }, took)
        : requestPlain(url, { ...options, agent: plain }, took);
      const failed = (error: Error): void => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => request.destroy(new Error('timeout')), timeoutMs);
      request.on('error', failed);
      request.end(body);
    });
}
