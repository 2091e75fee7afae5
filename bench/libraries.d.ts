declare module 'co-wechat' {
  import type { Middleware } from 'koa';
  export default function wechat(keys: { token: string; encodingAESKey: string; appid: string }): {
    middleware(handle: (message: { Content: string }) => Promise<string>): Middleware;
  };
}
