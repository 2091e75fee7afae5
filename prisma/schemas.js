/** PostgreSQL's schema: the one there is, with another provider and another place for its client. */
export const postgresqlOf = (schema) =>
  schema
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../bot/store/generated/sqlite"', '"./postgresql"');
