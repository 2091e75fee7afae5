import wechat from 'co-wechat';
import Koa from 'koa';

// What is compared with: a well-known library that echoes on Koa, deciphering and ciphering, and keeps nothing.
const koa = new Koa();
koa.use(async (ctx, next) => {
  if (ctx.path === '/readyz') ctx.body = '';
  else await next();
});
koa.use(
  wechat({
    token: process.env['WECOM_TOKEN'] ?? '',
    encodingAESKey: process.env['WECOM_ENCODING_AES_KEY'] ?? '',
    appid: process.env['WECOM_CORP_ID'] ?? '',
  }).middleware(async ({ Content }) => Content),
);
koa.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
