import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';
import { Overloaded } from './pipeline/inbox.ts';
import { BadCallback } from './wecom/crypto.ts';
import { type Entrance, queryOf, readBody } from './wecom/envelope.ts';

/**
 * Where the platform calls. Nearly everything that comes is its callbacks, and what a framework does for every request
 * costs more than all the rest of keeping one, so they are answered before it is asked.
 * @returns takes a request that is for one of them; false for all others.
 */
export function openEntrances(entrances: readonly Entrance[], { metrics, log }: { metrics: Metrics; log: Logger }) {
  const at = new Map(entrances.map((entrance) => [entrance.path, entrance]));

  async function call({ channel, take }: Entrance, request: IncomingMessage, response: ServerResponse) {
    try {
      const body = await readBody(request);
      const answer = await take({ query: queryOf(request.url), body, response });
      metrics.callbackCame(channel, 'kept');
      if (answer) return end(channel, response, 200, JSON.stringify(answer), 'application/json; charset=utf-8');
      end(channel, response, 200);
    } catch (error) {
      metrics.callbackCame(channel, error instanceof BadCallback ? error.message : 'not kept');
      refuse(channel, response, error);
    }
  }

  function verify({ channel, echo }: Entrance, request: IncomingMessage, response: ServerResponse): void {
    try {
      end(channel, response, 200, echo(queryOf(request.url)), 'text/plain; charset=utf-8');
    } catch (error) {
      refuse(channel, response, error);
    }
  }

  function refuse(channel: string, response: ServerResponse, error: unknown): void {
    // What could not be kept is not lost while the platform is told so: it sends it again.
    if (!(error instanceof BadCallback || error instanceof Overloaded))
      log.error({ cause: error instanceof Error ? error.name : 'unknown' }, 'callback failed');
    // What is left of a refused body is not waited for.
    response.setHeader('Connection', 'close');
    end(channel, response, error instanceof BadCallback ? error.status : 503);
  }

  function end(channel: string, response: ServerResponse, status: number, body = '', type?: string): void {
    metrics.callback(channel, status);
    const length = { 'Content-Length': Buffer.byteLength(body) };
    response.writeHead(status, type ? { 'Content-Type': type, ...length } : length).end(body);
  }

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', method } = request;
    const mark = url.indexOf('?');
    const entrance = at.get(mark < 0 ? url : url.slice(0, mark));
    if (!entrance || (method !== 'POST' && method !== 'GET')) return false;
    if (method === 'POST') void call(entrance, request, response);
    else verify(entrance, request, response);
    return true;
  };
}
