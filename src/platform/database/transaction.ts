/** A transaction, or the pool itself, as TypeORM's `EntityManager` and `DataSource` are. */
export interface Transaction {
  query<T = unknown>(sql: string, parameters?: unknown[]): Promise<T>;
}
