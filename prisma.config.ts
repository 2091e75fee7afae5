import { defineConfig } from 'prisma/config';

const url = process.env['DATABASE_URL'] || 'file:./data/chuangyou.db';
const postgresql = /^postgres(ql)?:/.test(url);

export default defineConfig({
  schema: postgresql ? 'bot/store/generated/postgresql.prisma' : 'prisma/schema.prisma',
  migrations: { path: postgresql ? 'prisma/migrations-postgresql' : 'prisma/migrations' },
  datasource: { url },
});
