import Koa from 'koa';
import { open } from '#bot/wecom/crypto.ts';
import { readXml } from '#bot/wecom/xml.ts';

// What a callback costs without anything being kept: the same framework, the same cipher, and an empty 200.
const keys = {
  token: process.env['WECOM_TOKEN'] ?? '',
  encodingAESKey: process.env['WECOM_ENCODING_AES_KEY'] ?? '',
  receiveId: process.env['WECOM_CORP_ID'] ?? '',
};
const koa = new Koa();
koa.use(async (ctx) => {
  ctx.body = '';
  if (ctx.path === '/readyz') return;
  const chunks: Buffer[] = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const encrypted = readXml(Buffer.concat(chunks).toString('utf8'))['Encrypt'] ?? '';
  const { msg_signature, timestamp, nonce } = ctx.query as Record<string, string>;
  readXml(open(keys, { signature: msg_signature ?? '', timestamp: timestamp ?? '', nonce: nonce ?? '', encrypted }));
  ctx.status = 200;
});
koa.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
